import AccountModel
import Identifiers

/// Identifiers: the first byte selects the kind, the second the platform, the third the label.
///
/// Held against each: no crash; the same answer twice; a canonical form normalises to itself under the kind
/// that came back with it; loose keys are neither empty nor double nor the canonical form.
struct IdentifierHarness: FuzzHarness {
  private static let platforms = [
    "x", "facebook", "instagram", "tiktok", "snapchat", "reddit", "telegram", "discord", "mastodon",
    "bluesky", "whatsapp", "signal", "youtube", "kik", "skype", "imessage", "email", "somewhere",
  ].map { Platform($0) }
  private static let labels = [
    "", "imei", "mac", "idfa", "imsi", "iccid", "push-token", "datr", "recovery", "a b",
  ]
  private let normaliser = IdentifierNormaliser()

  func run(_ input: UnsafeBufferPointer<UInt8>) {
    guard input.count >= 3 else { return }
    let kind = IdentifierKind.allCases[Int(input[0]) % IdentifierKind.allCases.count]
    let platform = Self.platforms[Int(input[1]) % Self.platforms.count]
    let label = Self.labels[Int(input[2]) % Self.labels.count]
    let text = String(decoding: input.dropFirst(3), as: UTF8.self)
    let one = normaliser.normalise(text, kind: kind, platform: platform, label: label)
    let again = normaliser.normalise(text, kind: kind, platform: platform, label: label)
    demand(one == again, "two answers for \(text.debugDescription): \(one), \(again)")
    for key in one.looseKeys {
      demand(!key.value.isEmpty && !key.rule.isEmpty, "an empty key of \(text.debugDescription): \(one)")
    }
    demand(Set(one.looseKeys).count == one.looseKeys.count, "double keys of \(text.debugDescription): \(one)")
    if one.canonical.isEmpty {
      demand(!one.flags.isEmpty || text.isEmpty, "nothing, without a reason: \(text.debugDescription)")
      return
    }
    let fixed = normaliser.normalise(one.canonical, kind: one.kind, platform: platform, label: label)
    demand(
      fixed.canonical == one.canonical && fixed.kind == one.kind,
      "not a fixed point: \(kind) \(platform) \(label) \(text.debugDescription): \(one), then \(fixed)")
  }

  func seeds() throws -> [[UInt8]] {
    var result: [[UInt8]] = []
    for (kind, texts) in Samples.identifiers {
      guard let number = IdentifierKind.allCases.firstIndex(of: kind) else { continue }
      for (position, text) in texts.enumerated() {
        for platform in Self.platforms.indices where kind == .handle || kind == .platformID || platform < 2 {
          result.append(
            [UInt8(number), UInt8(platform), UInt8(position % Self.labels.count)] + Array(text.utf8))
        }
      }
    }
    return result
  }
}
