/// A report as one page: a head that can load and run nothing, a beginning with links to the sections, the sections.
public struct ReportPage {
  /// A part of the page under a heading of its own.
  public typealias Section = (id: String, title: String, body: String)

  /// The title of the window, escaped.
  public var title: String
  /// The heading, escaped.
  public var heading: String
  /// What stands before the links, as HTML.
  public var summary: String
  /// In the order of the page; those without a body are left out.
  public var sections: [Section]
  /// The last line, escaped.
  public var footer: String
  /// Rules of style beside those of every page.
  public var style: String

  /// Makes a page.
  public init(
    title: String, heading: String, summary: String, sections: [Section], footer: String, style: String = ""
  ) {
    self.title = title
    self.heading = heading
    self.summary = summary
    self.sections = sections
    self.footer = footer
    self.style = style
  }

  /// The page.
  public var html: String {
    let shown = sections.filter { !$0.body.isEmpty }
    var html = """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8">\(PageStyle.policy)
      <title>\(title)</title>
      <style>\(PageStyle.sheet)\(style)</style></head><body>
      <header><h1>\(heading)</h1>

      """
    html += summary
    html +=
      "<nav>" + shown.map { "<a href=\"#\($0.id)\">\($0.title)</a>" }.joined(separator: " ")
      + "</nav></header>\n<main>\n"
    for section in shown {
      html += "<section id=\"\(section.id)\"><h2>\(section.title)</h2>\n\(section.body)</section>\n"
    }
    return html + "</main>\n<footer>\(footer)</footer></body></html>\n"
  }
}
