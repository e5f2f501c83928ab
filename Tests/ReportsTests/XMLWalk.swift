import Foundation
import FoundationXML
import Testing

/// The nodes, edges and values of a graph file, by a parser that is not ours.
final class XMLWalk: NSObject, XMLParserDelegate {
  private(set) var nodes: [String] = []
  private(set) var edges: [(String, String)] = []
  private(set) var values: Set<String> = []
  private var text = ""

  init(_ document: String) throws {
    super.init()
    let parser = XMLParser(data: Data(document.utf8))
    parser.delegate = self
    try #require(parser.parse(), "\(String(describing: parser.parserError)) at line \(parser.lineNumber)")
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    text = ""
    if name == "node", let id = attributes["id"] { nodes.append(id) }
    if name == "edge", let from = attributes["source"], let to = attributes["target"] {
      edges.append((from, to))
    }
    if let value = attributes["value"] { values.insert(value) }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?)
  {
    values.insert(text)
  }
}
