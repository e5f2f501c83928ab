internal import CaseFile
import Foundation
package import Linkage
public import Stylometry

/// A model of how people write, and the domain in which it may give likelihood ratios.
public struct WritingModel: Sendable {
  /// The model.
  public let model: StyleModel
  /// What kind of texts the accounts wrote, of `StyleModel.domains`. Without one how they write is shown, and adds
  /// nothing.
  public let domain: String?
  /// SHA-256 of the model and the domain: part of what a run depends on.
  let identity: String

  /// Takes a model for use in a domain.
  ///
  /// - Throws: `StyleModelError.unknownDomain` when the model was not validated in that domain.
  public init(_ model: StyleModel, domain: String? = nil) throws(StyleModelError) {
    if let domain { try model.require(domain: domain) }
    self.model = model
    self.domain = domain
    identity = Self.digest(model) + " " + (domain ?? "")
  }

  private static func digest(_ model: StyleModel) -> String { ContentHash.data(Data(model.fileBytes)) }

  /// The domain in which a run compared how accounts write by a model; nil where it was by another, or in none.
  package static func domain(of settings: LinkageSettings, by model: StyleModel) -> String? {
    guard let (sha256, domain) = Self.model(of: settings), sha256 == digest(model) else { return nil }
    return domain
  }

  /// SHA-256 of the model by which a run compared how accounts write, and the domain; nil where they were not compared.
  static func model(of settings: LinkageSettings) -> (sha256: String, domain: String?)? {
    guard let parts = settings.writing?.split(separator: " ", maxSplits: 1), let sha256 = parts.first else {
      return nil
    }
    return (String(sha256), parts.count == 2 ? String(parts[1]) : nil)
  }
}
