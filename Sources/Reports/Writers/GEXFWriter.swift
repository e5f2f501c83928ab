/// GEXF 1.3 (gexf.net), undirected, with parallel edges: what Gephi opens.
///
/// The mark stands in `meta`. Edges have no weight of their own, as in GraphML.
enum GEXFWriter {
  static func write(_ content: some CaseContent, to file: ExportFile) throws {
    let mark = content.mark
    try file.append(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <gexf xmlns="http://gexf.net/1.3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd" version="1.3">
      <meta lastmodifieddate="\(XMLText.escape(String(mark.at.prefix(10))))">
      <creator>\(XMLText.escape(mark.producer))</creator>
      <keywords>\(XMLText.escape(mark.parts.dropFirst().map { "\($0.name)=\($0.value)" }.joined(separator: "; ")))</keywords>
      <description>\(XMLText.escape(mark.text))</description>
      </meta>
      <graph defaultedgetype="undirected" mode="static">

      """)
    try attributes("node", GraphElements.nodeAttributes, file)
    try attributes("edge", GraphElements.edgeAttributes, file)
    try file.append("<nodes>\n")
    try GraphElements.nodes(content) { node in
      try file.append(
        "<node id=\"\(XMLText.escape(node.id))\" label=\"\(XMLText.escape(node.label))\">\(values(node.values))</node>\n"
      )
    }
    try file.append("</nodes>\n<edges>\n")
    try GraphElements.edges(content) { edge in
      try file.append(
        "<edge id=\"\(edge.id)\" source=\"\(XMLText.escape(edge.from))\" target=\"\(XMLText.escape(edge.to))\">\(values(edge.values))</edge>\n"
      )
    }
    try file.append("</edges>\n</graph>\n</gexf>\n")
  }

  private static func attributes(
    _ of: String, _ list: [GraphElements.Attribute], _ file: ExportFile
  ) throws {
    try file.append("<attributes class=\"\(of)\">\n")
    for (place, attribute) in list.enumerated() {
      try file.append(
        "<attribute id=\"\(place)\" title=\"\(attribute.name)\" type=\"\(attribute.type.rawValue)\"/>\n")
    }
    try file.append("</attributes>\n")
  }

  private static func values(_ values: [(attribute: Int, value: String)]) -> String {
    let list = values.map {
      "<attvalue for=\"\($0.attribute)\" value=\"\(XMLText.escape($0.value))\"/>"
    }
    return "<attvalues>\(list.joined())</attvalues>"
  }
}
