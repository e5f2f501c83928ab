/// The formats that a case can be exported in.
public enum CaseExportFormat: String, Sendable, CaseIterable {
  /// CASE/UCO, JSON-LD.
  case `case`
  /// PROV-O, JSON-LD: how the result came about.
  case prov
  /// FollowTheMoney, an entity a line.
  case ftm
  /// GraphML.
  case graphml
  /// GEXF 1.3.
  case gexf
  /// One table of comma-separated values.
  case csv
  /// STIX 2.1.
  case stix

  /// Writes a case's content.
  ///
  /// - Throws: `WriteFailure`, and what the content throws.
  public func write(_ content: some CaseContent, to file: ExportFile) throws {
    switch self {
    case .case: try CaseOntologyWriter.write(content, to: file)
    case .prov: try ProvenanceWriter.write(content, to: file)
    case .ftm: try FollowTheMoneyWriter.write(content, to: file)
    case .graphml: try GraphMLWriter.write(content, to: file)
    case .gexf: try GEXFWriter.write(content, to: file)
    case .csv: try TableWriter.write(content, to: file)
    case .stix: try STIXWriter.write(content, to: file)
    }
  }
}
