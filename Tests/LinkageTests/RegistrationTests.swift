import AccountModel
import Linkage
import Testing

/// Accounts of which no more is known than when they were registered.
@Suite struct RegistrationTests {
  private static let day: Int64 = 86_400_000_000

  /// What a value that both show weighs where one shows it on day 0, and with what words.
  private static func found(
    _ kind: IdentifierKind, days: Int64, active: ClosedRange<Int64>? = nil
  ) throws -> (weight: Double, statement: String) {
    var maker = InputMaker()
    let (one, other) = (maker.account(.instagram), maker.account(.instagram, active: active))
    maker.show(one, kind, "+447700900123", time: 0)
    maker.show(other, kind, "+447700900123", time: days * day)
    maker.bystanders(30)
    let pair = try #require(maker.run().pairs.first)
    return (pair.log10LR, pair.items[0].statement)
  }

  @Test(
    "When two accounts were registered does not say when a number was given up",
    arguments: [
      IdentifierKind.phone, .device,
    ])
  func registrations(_ kind: IdentifierKind) throws {
    #expect(try Self.found(kind, days: 270).weight > 3)
    #expect(try Self.found(kind, days: 270, active: (270 * Self.day)...(300 * Self.day)).weight > 3)
    // Years later it may well be somebody else's, but nothing says how long either used it.
    let found = try Self.found(kind, days: 3000)
    #expect(found.weight == 1 && found.statement.contains("on record with it 3000 days apart"))
    #expect(!found.statement.contains("periods of use"))
  }
}
