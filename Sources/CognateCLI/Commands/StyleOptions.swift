import ArgumentParser
import Cognate

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
}
