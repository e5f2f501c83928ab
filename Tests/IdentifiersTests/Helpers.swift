import AccountModel
import Identifiers

/// Shared by the tests of each kind.
let normaliser = IdentifierNormaliser()

func normalise(
  _ raw: String, _ kind: IdentifierKind, _ platform: Platform = .x, _ label: String = ""
) -> NormalisedIdentifier {
  normaliser.normalise(raw, kind: kind, platform: platform, label: label)
}

extension NormalisedIdentifier {
  /// The values of one rule's keys.
  func values(_ rule: String) -> [String] { looseKeys.filter { $0.rule == rule }.map(\.value) }

  /// The value of a rule that gives one.
  func key(_ rule: String) -> String? { values(rule).first }

  /// The canonical form and all keys: two identifiers that look alike share one of these.
  var all: Set<String> { Set(looseKeys.map(\.value) + (canonical.isEmpty ? [] : [canonical])) }
}
