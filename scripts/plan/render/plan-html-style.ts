/** The whole look of the page: light and dark, and on paper, where everything is open. */
export const STYLE = `
:root { color-scheme: light dark; --ink:#1a2330; --soft:#5b6776; --line:#dde3ea; --page:#f5f7f9; --card:#fff; --add:#116b3a; --change:#8a5a00; --hand:#8e2a5b; --bad:#b3261e; --tint:#eef3f8; --brand:#0b5cab }
@media (prefers-color-scheme: dark) { :root { --ink:#e6ebf1; --soft:#9aa7b5; --line:#2d3744; --page:#12171d; --card:#1a2129; --add:#6bd39a; --change:#e6b657; --hand:#e58bb4; --bad:#ff8a80; --tint:#202a35; --brand:#78b6f2 } }
* { box-sizing: border-box } body { margin:0; background:var(--page); color:var(--ink); font:15px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif }
main { max-width: 1000px; margin: 0 auto; padding: 0 20px 64px } header { border-top:6px solid var(--brand); background:var(--card); border-bottom:1px solid var(--line) } header > div { max-width:1000px; margin:0 auto; padding:28px 20px 22px }
.kicker { color:var(--brand); font-weight:600; letter-spacing:.02em; margin:0 } h1 { font-size:30px; line-height:1.2; margin:2px 0 6px } h2 { font-size:20px; margin:36px 0 4px } h2 + p { margin:0 0 12px; color:var(--soft) }
.meta, .soft { color: var(--soft) } .meta { margin:0 } .meta span + span::before { content: " · " } .lead { font-size:17px; max-width:70ch; margin:14px 0 0 }
.tally { display:grid; grid-template-columns:repeat(auto-fit,minmax(150px,1fr)); gap:12px; margin:24px 0 0 } .tally div { background:var(--card); border:1px solid var(--line); border-radius:8px; padding:12px 16px }
.tally b { display:block; font-size:28px; line-height:1.15; font-variant-numeric:tabular-nums } .tally span { color:var(--soft) }
details { background:var(--card); border:1px solid var(--line); border-radius:8px; margin:6px 0 } summary { cursor:pointer; padding:9px 14px; display:flex; gap:10px; align-items:baseline; list-style:none }
summary::-webkit-details-marker { display:none } summary::before { content:"\\25B8"; color:var(--soft); width:12px; flex:none } details[open] > summary::before { content:"\\25BE" } summary:focus-visible { outline:2px solid var(--brand); outline-offset:2px }
.inside { padding: 2px 14px 14px 36px; border-top:1px solid var(--line) } .inside > details { border-width:0 0 1px; border-radius:0; margin:0 } .inside > details:last-child { border-bottom:0 }
.what { flex:1; overflow-wrap:anywhere } .group .what { flex:none; font-weight:600 } .group .names { flex:1; color:var(--soft); overflow:hidden; text-overflow:ellipsis; white-space:nowrap }
.tag { font-size:12px; border:1px solid var(--line); border-radius:99px; padding:1px 9px; color:var(--soft); white-space:nowrap } .high { color:var(--bad); border-color:currentColor } .medium { color:var(--change); border-color:currentColor }
dl { display:grid; grid-template-columns:52px 1fr; gap:4px 12px; margin:10px 0 } dt { color:var(--soft) } dd { margin:0; overflow-wrap:anywhere }
table { border-collapse:collapse; width:100%; table-layout:fixed; font-size:13px; margin-top:8px } th { text-align:left; font-weight:600; color:var(--soft) } th,td { border-top:1px solid var(--line); padding:5px 10px 5px 0; vertical-align:top; overflow-wrap:anywhere }
td { font-family:ui-monospace,SFMono-Regular,Menlo,monospace } td.before { color:var(--bad) } td.after { color:var(--add) } .scroll { overflow-x:auto }
.finding { border-left:4px solid var(--line); background:var(--card); padding:8px 14px; margin:6px 0; border-radius:0 8px 8px 0 } .finding.error { border-color:var(--bad) } .finding.warning { border-color:var(--change) } .finding b { text-transform:capitalize }
footer { margin-top:40px; color:var(--soft) } code { background:var(--tint); border-radius:4px; padding:1px 6px; font:13px ui-monospace,SFMono-Regular,Menlo,monospace; color:var(--ink) }
@media print { body { background:#fff } details, .tally div { break-inside:avoid } summary::before { content:none } }
`;
