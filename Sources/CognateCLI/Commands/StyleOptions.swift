import ArgumentParser
import Cognate
import RecordLinkage

/// By which model, and in which domain, accounts are compared by how they write.
struct StyleOptions: ParsableArguments {
  @Option(
    help: "A model of styles, of `cognate style train`; that of this version when not given.",
    completion: .file())
  var styleModel: String?
  @Option(help: "What kind of texts these are, of the domains that the model was validated in.")
  var styleDomain: String?
  @Flag(help: "Do not compare how accounts write.")
  var noStyle = false

  func validate() throws {
    if noStyle, styleModel != nil || styleDomain != nil {
      throw ValidationError("--no-style goes with neither --style-model nor --style-domain.")
    }
  }

  /// The model, ready for use; nil when styles are not to be compared.
  func writing() throws -> WritingModel? {
    if noStyle { return nil }
    return try WritingModel(StyleModelArgument.model(styleModel), domain: styleDomain)
  }

  /// The same for tables, where only a likelihood ratio is of use: nil without a domain.
  func recordWriting() throws -> WritingSettings? {
    guard let styleDomain, !noStyle else { return nil }
    return try WritingSettings(StyleModelArgument.model(styleModel), domain: styleDomain)
  }
}
