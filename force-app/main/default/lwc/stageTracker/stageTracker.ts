import { LightningElement, api, wire } from 'lwc';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import type { ObjectInfoRepresentation } from 'lightning/uiObjectInfoApi';
import { getRecord, updateRecord } from 'lightning/uiRecordApi';
import type { RecordRepresentation } from 'lightning/uiRecordApi';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import type { WireResult } from 'salesforce-wire';
import OPPORTUNITY from '@salesforce/schema/Opportunity';
import { reduceErrors } from 'c/reduceErrors';
import type { DetailRow } from 'c/stageDetails';
import type { StopView } from 'c/stagePath';
import { CLOSING_STOP, buildPath } from 'c/stagePathModel';
import type { Path, PathStop } from 'c/stagePathModel';
import type { StageDefinition } from 'c/waterfallStages';
import { enteringFields, isComplete } from './entering';
import type { Given } from './entering';
import { LABEL, format } from './labels';
import { moveFor } from './moves';
import type { Move } from './moves';
import { facts, guidance, slaText, stopLabel, stopView } from './presentation';
import { OPTIONAL_FIELDS, datesAreHidden, definitionsFor, progressOf, stageOf } from './progress';

/** Statuses with which the UI API says that the record is not there for this user. */
const NO_ACCESS_STATUSES = [403, 404];

interface DetourView {
  readonly key: string;
  readonly label: string;
  readonly pressed: 'true' | 'false';
  readonly spoken: string;
  readonly cssClass: string;
}

/** The stages of an opportunity's type as a path, with what each is about, and moving on from one to the next. */
export default class StageTracker extends LightningElement {
  @api recordId?: string;

  label = LABEL;
  selectedKey?: string;
  choosingOutcome = false;
  outcome?: string;
  reason?: string;
  nurtureUntil?: string;
  saving = false;
  saveErrors: string[] = [];

  @wire(getRecord, { recordId: '$recordId', optionalFields: OPTIONAL_FIELDS })
  wired?: WireResult<RecordRepresentation>;

  @wire(getObjectInfo, { objectApiName: OPPORTUNITY })
  objectInfo?: WireResult<ObjectInfoRepresentation>;

  get loading(): boolean {
    return !this.wired?.data && !this.wired?.error;
  }

  /** Why there is no path to show; undefined when there is one or it is still loading. */
  get notice(): string | undefined {
    const { data, error } = this.wired ?? {};
    if (error) {
      const hidden = error.status !== undefined && NO_ACCESS_STATUSES.includes(error.status);
      return hidden ? LABEL.noAccess : format(LABEL.error, reduceErrors(error).join(' '));
    }
    if (!data) {
      return undefined;
    }
    return stageOf(data) === null ? LABEL.noAccess : definitionsFor(data) === null ? LABEL.unknownType : undefined;
  }

  /** Said once instead of a path without dates that nobody can explain. */
  get datesNotice(): string | undefined {
    const record = this.wired?.data;
    const stages = record && definitionsFor(record);
    return stages && datesAreHidden(record, stages) ? LABEL.datesHidden : undefined;
  }

  get path(): Path | undefined {
    const record = this.wired?.data;
    const stages = record && definitionsFor(record);
    const stage = record && stageOf(record);
    return stages && stage ? buildPath(stages, progressOf(record, stages, stage, new Date())) : undefined;
  }

  get stops(): StopView[] {
    const today = new Date().toISOString();
    return (this.path?.steps ?? []).map((stop) => stopView(stop, this.selectedKey ?? this.currentKey, today));
  }

  get detours(): DetourView[] {
    return (this.path?.detours ?? []).map((stop) => {
      const { key, label, spoken } = stopView(stop, undefined, '');
      const variant = stop.state === 'current' ? 'slds-button_brand' : 'slds-button_neutral';
      return { key, label, spoken, pressed: this.pressed(key), cssClass: `slds-button ${variant}` };
    });
  }

  private pressed(key: string): 'true' | 'false' {
    return key === this.selectedKey ? 'true' : 'false';
  }

  get hasDetours(): boolean {
    return this.detours.length > 0;
  }

  get currentKey(): string | undefined {
    return this.path?.current?.key;
  }

  get currentStage(): string {
    return (this.wired?.data && stageOf(this.wired.data)) ?? '';
  }

  get unknownStage(): string | undefined {
    return this.path?.current === null ? format(LABEL.unknownStage, this.currentStage) : undefined;
  }

  get sla(): { text: string; icon: string; iconVariant: string; cssClass: string } | undefined {
    const sla = this.path?.sla;
    return sla
      ? {
          text: slaText(sla),
          icon: sla.overdue ? 'utility:warning' : 'utility:clock',
          iconVariant: sla.overdue ? 'error' : '',
          cssClass: sla.overdue ? 'sla slds-text-color_error' : 'sla',
        }
      : undefined;
  }

  get selectedStop(): PathStop | null {
    const { steps = [], detours = [] } = this.path ?? {};
    return [...steps, ...detours].find((stop) => stop.key === this.selectedKey) ?? null;
  }

  get expanded(): 'true' | 'false' {
    return this.selectedStop ? 'true' : 'false';
  }

  get pathClass(): string {
    return `slds-path ${this.selectedStop ? 'slds-is-expanded' : ''}`;
  }

  get triggerClass(): string {
    const open = this.selectedStop ? 'slds-path__trigger_open' : '';
    return `slds-button slds-button_icon slds-button_icon-border-filled slds-path__trigger ${open}`;
  }

  get detailsHeading(): string {
    return this.selectedStop ? stopLabel(this.selectedStop) : '';
  }

  get details(): { facts: DetailRow[]; guidance: DetailRow[] } | undefined {
    const stop = this.selectedStop;
    return stop?.stage ? { facts: facts(stop, stop.stage), guidance: guidance(stop.stage) } : undefined;
  }

  get askingOutcome(): boolean {
    return this.selectedKey === CLOSING_STOP || this.choosingOutcome;
  }

  get outcomeOptions(): { label: string; value: string }[] {
    return (this.path?.outcomes ?? []).map(({ name }) => ({ label: name, value: name }));
  }

  private get move(): Move | null {
    const { choosingOutcome, outcome } = this;
    return this.path ? moveFor(this.path, { stop: this.selectedStop, choosingOutcome, outcome }) : null;
  }

  /** The stage that the main button would enter; null while it only asks for the outcome. */
  private get entering(): StageDefinition | null {
    const { move } = this;
    const record = this.wired?.data;
    const name = move && move.kind !== 'askOutcome' && move.stage !== this.currentStage ? move.stage : null;
    return (record && definitionsFor(record)?.find((stage) => stage.name === name)) ?? null;
  }

  get reasonOptions(): { label: string; value: string }[] {
    return (this.entering?.reasons ?? []).map((reason) => ({ label: reason, value: reason }));
  }

  get askingReason(): boolean {
    return this.mayMove && this.reasonOptions.length > 0;
  }

  get askingNurture(): boolean {
    return this.mayMove && (this.entering?.comesBack ?? false);
  }

  get moveLabel(): string | undefined {
    const { move } = this;
    if (!move || !this.mayMove) {
      return undefined;
    }
    if (move.kind === 'askOutcome') {
      return move.change ? LABEL.changeClosed : LABEL.markComplete;
    }
    return move.kind === 'complete' ? LABEL.markComplete : LABEL.markCurrent;
  }

  get moveDisabled(): boolean {
    const { move, entering } = this;
    return (
      this.saving ||
      (move?.kind === 'close' && (move.stage === null || move.stage === this.currentStage)) ||
      (entering !== null && !isComplete(entering, this.given))
    );
  }

  private get given(): Given {
    return { reason: this.reason, nurtureUntil: this.nurtureUntil };
  }

  /** Unknown until the object info is there; the platform has the last word when saving. */
  private get mayMove(): boolean {
    return this.objectInfo?.data?.fields.StageName?.updateable !== false;
  }

  get hasSaveErrors(): boolean {
    return this.saveErrors.length > 0;
  }

  handleStageSelect(event: CustomEvent<{ key: string }>): void {
    this.select(event.detail.key);
  }

  handleDetourClick(event: Event): void {
    this.select((event.currentTarget as HTMLElement).dataset.key);
  }

  handleToggle(): void {
    this.select(this.selectedKey ?? this.currentKey);
  }

  /** Selecting what is selected already closes its panel. */
  private select(key: string | undefined): void {
    this.selectedKey = key === this.selectedKey ? undefined : key;
    this.choosingOutcome = false;
    this.outcome = undefined;
    this.forgetGiven();
    this.saveErrors = [];
  }

  /** Another stage asks for something else. */
  private forgetGiven(): void {
    this.reason = undefined;
    this.nurtureUntil = undefined;
  }

  handleOutcome(event: CustomEvent<{ value: string }>): void {
    this.outcome = event.detail.value;
    this.forgetGiven();
  }

  handleReason(event: CustomEvent<{ value: string }>): void {
    this.reason = event.detail.value;
  }

  handleNurture(event: CustomEvent<{ value: string }>): void {
    this.nurtureUntil = event.detail.value;
  }

  async handleMove(): Promise<void> {
    const { move } = this;
    if (move?.kind === 'askOutcome') {
      this.choosingOutcome = move.change;
      this.selectedKey = move.change ? this.currentKey : CLOSING_STOP;
    } else if (move?.stage) {
      await this.moveTo(move.stage);
    }
  }

  private async moveTo(stage: string): Promise<void> {
    const asked = this.entering ? enteringFields(this.entering, this.given) : {};
    this.saving = true;
    this.saveErrors = [];
    try {
      await updateRecord({ fields: { Id: this.recordId ?? null, StageName: stage, ...asked } });
      this.select(undefined);
      this.dispatchEvent(new ShowToastEvent({ title: format(LABEL.moved, stage), variant: 'success' }));
    } catch (error) {
      this.saveErrors = reduceErrors(error);
    } finally {
      this.saving = false;
    }
  }
}
