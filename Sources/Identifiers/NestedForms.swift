internal import AccountModel

extension NormalisedIdentifier {
  /// Forms within forms that are looked through; no platform writes two.
  private static let longestNesting = 8

  /// What is left of a longer form may be a form itself, as of `@4:…` on Skype: it is read until it stays, so that a
  /// canonical form is its own.
  ///
  /// - Parameters:
  ///   - kind: what it was taken for; of another kind it stays as it is.
  ///   - otherwise: why it identifies nothing when forms are nested deeper than anybody writes.
  ///   - read: normalises a text as that kind of identifier on the same platform.
  func readUntilItStays(
    as kind: IdentifierKind, otherwise: String, _ read: (String) -> NormalisedIdentifier
  ) -> NormalisedIdentifier {
    var result = self
    for _ in 0..<Self.longestNesting where result.kind == kind && !result.canonical.isEmpty {
      let next = read(result.canonical)
      if next.kind == kind, next.canonical == result.canonical { return result }
      let noticed = ["hidden-characters", "bot"].filter {
        result.flags.contains($0) && !next.flags.contains($0)
      }
      result = NormalisedIdentifier(
        kind: next.kind, canonical: next.canonical, looseKeys: next.looseKeys, port: next.port,
        flags: noticed + next.flags)
    }
    guard result.kind == kind, !result.canonical.isEmpty else { return result }
    return .nothing(kind, otherwise)
  }
}
