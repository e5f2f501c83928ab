internal import Charts
internal import Disclosure

/// A notice as a page to print: no script, no network, everything escaped.
enum NoticePage {
  /// What stands below the notice, so that it can be checked later.
  struct Proof {
    let number: String
    let textHash: String
    let checkpoint: String
    let key: String
  }

  /// The bytes of the page.
  static func html(_ notice: Notice, _ proof: Proof) -> String {
    """
    <!doctype html>
    <html lang="en-GB"><head><meta charset="utf-8">\(PageStyle.policy)
    <title>\(escape(notice.title))</title>
    <style>\(PageStyle.sheet)
    \(style)</style></head>
    <body>
    <main>
    <h1>\(escape(notice.title))</h1>
    <p class="soft">\(notice.date.inWords)</p>
    \(notice.sections.map(section).joined(separator: "\n"))
    </main>
    <footer>
    <h2>How to check later that nothing was changed</h2>
    <p>This is notice \(proof.number). You do not need this part today. If the notice is ever in doubt, it lets an auditor \
    show that it is the one that was made for you, and that our records were not rewritten after it.</p>
    <dl><dt>SHA-256 of the words above</dt><dd class="code">\(escape(proof.textHash))</dd>
    <dt>Checkpoint of our log before this notice</dt><dd><pre>\(escape(proof.checkpoint))</pre></dd>
    <dt>Public key of our log</dt><dd class="code">\(escape(proof.key))</dd></dl>
    </footer>
    </body></html>

    """
  }

  private static func section(_ section: Notice.Section) -> String {
    var lines = [
      "<section\(section.isWarning ? " class=\"warning\"" : "")><h2>\(escape(section.heading))</h2>"
    ]
    lines += section.paragraphs.map { "<p>\(paragraph($0))</p>" }
    if !section.list.isEmpty {
      lines.append("<ul>" + section.list.map { "<li>\(paragraph($0))</li>" }.joined() + "</ul>")
    }
    return lines.joined(separator: "\n") + "</section>"
  }

  /// A text whose line breaks are kept.
  private static func paragraph(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { "<bdi>\(escape(String($0)))</bdi>" }
      .joined(separator: "<br>")
  }

  private static func escape(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { HTMLText.escape(String($0), limit: 20_000) }.joined(separator: "\n")
  }

  /// Larger type than other pages have, for somebody who is under strain; on paper black on white.
  private static let style = """
    body{font-size:18px;line-height:1.6;max-width:44rem}h1{font-size:1.9rem}section h2{border-top:0;padding-top:0;margin:1.8rem 0 .3rem}
    li{margin:.3rem 0}.warning{border:2px solid var(--against);border-radius:.5rem;padding:.2rem 1rem .6rem;margin:1.6rem 0}
    .warning h2{margin-top:.6rem}footer{font-size:.8rem}footer h2{font-size:1rem;border:0;margin:0;padding:0}
    footer dt{margin-top:.5rem}footer dd{margin:0}.code,pre{font-family:ui-monospace,monospace;font-size:.75rem;overflow-wrap:anywhere;white-space:pre-wrap;margin:0}
    @page{size:A4;margin:20mm}
    @media print{body{font-size:12pt;line-height:1.45}section,footer{break-inside:avoid}.warning{border-color:#000}footer{font-size:8.5pt}.code,pre{font-size:7.5pt}}
    """
}
