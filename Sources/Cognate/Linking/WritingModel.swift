internal import CaseFile
import Foundation
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
    identity = Digest.data(Data(model.fileBytes)) + " " + (domain ?? "")
  }
}
