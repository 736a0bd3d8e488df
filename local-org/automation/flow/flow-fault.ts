/** Something in an interview went wrong at run time; the element's fault path may handle it. */
export class FlowFault extends Error {
  override readonly name = 'FlowFault';
}

/** Something in a flow cannot be compiled; a deploy refuses the flow. */
export class FlowProblem extends Error {
  override readonly name = 'FlowProblem';
}
