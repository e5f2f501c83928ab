/// The style of pages: light and dark as the reader has it, fonts of the system, and a form for paper.
public enum PageStyle {
  /// What stands in the head of a page so that it can load and run nothing, whatever its text says.
  public static let policy =
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">"
    + "<meta name=\"referrer\" content=\"no-referrer\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"

  /// The style sheet.
  public static let sheet = """
    :root{color-scheme:light dark;--paper:#fff;--ink:#1b1f24;--soft:#5b6470;--rule:#d9dee4;--panel:#f5f7f9;--track:#e6eaee;
    --for:#2166ac;--against:#b2560d;--below:#9aa5b1;--cut:#7a1fa2;--series2:#2e7d32;--mark:#fff1a8}
    @media (prefers-color-scheme:dark){:root{--paper:#14171a;--ink:#e6e9ec;--soft:#9aa5b1;--rule:#343b43;--panel:#1c2126;
    --track:#2a3138;--for:#6baed6;--against:#fd9a4d;--below:#6b7682;--cut:#d59bf0;--series2:#81c784;--mark:#5c4b00}}
    *{box-sizing:border-box}
    body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:0 auto;padding:1.5rem 1rem 4rem;color:var(--ink);
    background:var(--paper);overflow-wrap:break-word}h1,.lead,footer,.fall td,.fall th{overflow-wrap:anywhere}
    h1{font-size:1.7rem;line-height:1.2;margin:.5rem 0}h2{font-size:1.25rem;margin:2.6rem 0 .4rem;padding-top:.6rem;border-top:1px solid var(--rule)}
    h3{font-size:1rem;margin:1.6rem 0 .4rem}p{max-width:46rem;margin:.4rem 0 .8rem}.lead{font-size:1.1rem}
    .soft,.how,.none,caption{color:var(--soft)}.none{font-style:normal}.warn{border-left:4px solid var(--against);padding-left:.7rem}
    a{color:var(--for)}nav{margin:1rem 0}nav a{display:inline-block;margin-right:1rem}
    dl.facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(9.5rem,1fr));gap:.6rem;margin:1.2rem 0}
    dl.facts div{background:var(--panel);border-radius:.5rem;padding:.6rem .8rem}dl.facts dt{color:var(--soft);font-size:.85rem}
    dl.facts dd{margin:0;font-size:1.35rem;font-variant-numeric:tabular-nums}
    .scroll{overflow-x:auto}table{border-collapse:collapse;margin:.4rem 0 1.2rem;font-size:.93rem}
    table.wide{width:100%}td,th{max-width:24rem;padding:.25rem .6rem;border-bottom:1px solid var(--rule);text-align:left;vertical-align:top;overflow:hidden}
    th{font-weight:600;color:var(--soft);vertical-align:bottom}.n{text-align:right;font-variant-numeric:tabular-nums}td.n{white-space:nowrap}
    td.name{min-width:8rem}tr.group td{border-bottom:0;padding-top:.8rem;font-weight:600}mark{background:var(--mark);color:var(--ink);border-radius:.2rem;padding:0 .15rem;font-family:monospace;font-size:.85em}
    .rowbar{display:block;width:100%;min-width:4.5rem;height:.8rem;margin-top:.35rem}td.plot,th.plot{width:18%}
    svg .for{fill:var(--for)}svg .against{fill:var(--against)}svg .below{fill:var(--below)}svg .u{fill:var(--below)}svg .track{fill:var(--track)}
    svg .axis{stroke:var(--ink);stroke-width:1;vector-effect:non-scaling-stroke}svg .grid{stroke:var(--rule);stroke-width:1}
    svg .cut{stroke:var(--cut);stroke-width:1.5;stroke-dasharray:4 3;vector-effect:non-scaling-stroke}
    svg .step{stroke:var(--soft);stroke-width:1;vector-effect:non-scaling-stroke}svg .whisker{stroke:var(--ink);stroke-width:1.5;vector-effect:non-scaling-stroke}
    svg text{font:12px system-ui,sans-serif;fill:var(--soft)}svg text.strong{fill:var(--cut);font-weight:600}
    svg text.middle{text-anchor:middle}svg text.end{text-anchor:end}
    svg.chart{display:block;width:100%;max-width:45rem;min-width:32rem}svg.square{max-width:24rem;min-width:18rem}
    polyline{fill:none;stroke-width:2}.series0{stroke:var(--for)}.series1{stroke:var(--against)}.series2{stroke:var(--series2)}
    circle.series0{fill:var(--for)}circle.series1{fill:var(--against)}circle.series2{fill:var(--series2)}
    .legend .key{margin-right:1.2rem}.key i{display:inline-block;width:1rem;height:.7rem;margin-right:.35rem;border-radius:.15rem;background:var(--below)}
    .key i.for,.key i.series0{background:var(--for)}.key i.against,.key i.series1{background:var(--against)}.key i.series2{background:var(--series2)}
    table.fall{width:100%;table-layout:fixed;margin-bottom:2rem}table.fall th,table.fall td{border-bottom:0}
    table.fall tr.first td{border-top:1px solid var(--rule)}table.fall tfoot td{border-top:2px solid var(--ink);font-weight:600}
    .fall th:nth-child(1){width:24%}.fall th:nth-child(2),.fall th:nth-child(3){width:19%}.fall th.n{width:5.6rem}
    .fall td.bar{position:relative;padding:0}.fall td.bar svg{position:absolute;inset:0;width:100%;height:100%}
    .fall td.for{color:var(--for)}.fall td.against{color:var(--against)}.fall .how{display:block;font-size:.85rem}
    .ends{display:flex;flex-wrap:wrap;gap:0 1.5rem}footer{margin-top:3rem;color:var(--soft);border-top:1px solid var(--rule);padding-top:.6rem}
    @media (max-width:44rem){table.fall,.fall thead,.fall tbody,.fall tfoot{display:block}
    .fall tr,table.fall tfoot tr{display:grid;grid-template-columns:repeat(8,minmax(0,1fr))}.fall td{grid-column:1/-1;max-width:none}
    .fall td.what{padding-bottom:0}table.fall tr td.value,table.fall tr td.bar,table.fall tr td.n{border-top:0}
    .fall td.value{grid-column:1/5}.fall td.value+td.value{grid-column:5/-1}.fall td.bar{grid-column:1/5;min-height:1.7rem}
    .fall td.n{grid-column:5/7}.fall td.sum{grid-column:7/-1}.fall th{grid-column:1/5;width:auto!important}.fall th+th{grid-column:5/-1}
    .fall th:nth-child(1),.fall th:nth-child(4){display:none}.fall th:nth-child(2){grid-column:1/5}
    .fall th:nth-child(5){grid-column:5/7}.fall th:nth-child(6){grid-column:7/-1}
    td,th{padding:.25rem .4rem}td.plot,th.plot{width:auto}}
    @page{size:A4;margin:15mm}
    @media print{:root{color-scheme:light;--paper:#fff;--ink:#000;--soft:#444;--rule:#bbb;--panel:#fff;--track:#eee;--for:#2166ac;--against:#b2560d;--below:#999;--cut:#7a1fa2;--series2:#2e7d32;--mark:#eee}
    body{font-size:10pt;max-width:none;padding:0}table{font-size:8.5pt}td,th{padding:.15rem .35rem}td.name{min-width:0}.rowbar{min-width:3rem}
    svg.chart{min-width:0}nav{display:none}h2{break-after:avoid}h3{break-after:avoid}
    tr,figure,svg,.pair{break-inside:avoid}thead{display:table-header-group}.scroll{overflow:visible}dl.facts div{border:1px solid var(--rule)}
    svg,mark,.key i{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
    """
}
