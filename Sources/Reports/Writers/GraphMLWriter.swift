/// GraphML (graphml.graphdrawing.org), undirected, with parallel edges: one file of nodes and edges with attributes.
///
/// The mark stands as data of the graph. No attribute is called `weight`, as programs would lay out by it and take a
/// likelihood ratio for a strength of friendship.
enum GraphMLWriter {
  static func write(_ content: some CaseContent, to file: ExportFile) throws {
    try file.append(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">

      """)
    let marks = content.mark.parts
    for part in marks {
      try file.append(
        "<key id=\"g_\(part.name)\" for=\"graph\" attr.name=\"\(part.name)\" attr.type=\"string\"/>\n")
    }
    try file.append("<key id=\"n_label\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>\n")
    for (place, attribute) in GraphElements.nodeAttributes.enumerated() {
      try file.append(
        "<key id=\"n\(place)\" for=\"node\" attr.name=\"\(attribute.name)\" attr.type=\"\(attribute.type.rawValue)\"/>\n"
      )
    }
    for (place, attribute) in GraphElements.edgeAttributes.enumerated() {
      try file.append(
        "<key id=\"e\(place)\" for=\"edge\" attr.name=\"\(attribute.name)\" attr.type=\"\(attribute.type.rawValue)\"/>\n"
      )
    }
    try file.append("<graph id=\"case\" edgedefault=\"undirected\">\n")
    for part in marks { try file.append(data("g_\(part.name)", part.value) + "\n") }
    try GraphElements.nodes(content) { node in
      var line = "<node id=\"\(XMLText.escape(node.id))\">\(data("n_label", node.label))"
      for value in node.values { line += data("n\(value.attribute)", value.value) }
      try file.append(line + "</node>\n")
    }
    try GraphElements.edges(content) { edge in
      var line =
        "<edge id=\"\(edge.id)\" source=\"\(XMLText.escape(edge.from))\" target=\"\(XMLText.escape(edge.to))\">"
      for value in edge.values { line += data("e\(value.attribute)", value.value) }
      try file.append(line + "</edge>\n")
    }
    try file.append("</graph>\n</graphml>\n")
  }

  private static func data(_ key: String, _ value: String) -> String {
    "<data key=\"\(key)\">\(XMLText.escape(value))</data>"
  }
}
