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

  /// A number that somebody used until June and that another registers with in March was free in between.
  @Test(arguments: [IdentifierKind.phone, .device])
  func whoRegistersLaterMayBeTheNextHolder(_ kind: IdentifierKind) throws {
    func found(after days: Int64) throws -> (weight: Double, statement: String) {
      var maker = InputMaker()
      let (one, other) = (
        maker.account(.instagram), maker.account(.instagram, active: (-60 * Self.day)...0)
      )
      maker.show(one, kind, "+447700900123", time: days * Self.day)
      maker.show(other, kind, "+447700900123")
      maker.bystanders(30)
      let pair = try #require(maker.run().pairs.first)
      return (pair.log10LR, pair.items[0].statement)
    }
    #expect(try found(after: 170).weight > 3)
    let later = try found(after: 270)
    #expect(later.weight == 1 && later.statement.contains("on record with it 270 days apart"))
  }

  /// Sessions show no account in use, but for how long it had the device.
  @Test func whatWasSeenForMonthsIsNoMoment() throws {
    var maker = InputMaker()
    let (one, other) = (maker.account(.instagram), maker.account(.instagram))
    for day in stride(from: Int64(0), through: 150, by: 30) {
      maker.show(one, .device, "serial:77120034", time: day * Self.day)
      maker.show(other, .device, "serial:77120034", time: (400 + day) * Self.day)
    }
    maker.bystanders(30)
    let pair = try #require(maker.run().pairs.first)
    #expect(pair.log10LR == 1 && pair.items[0].statement.contains("periods of use lie 250 days apart"))
  }

  /// A number is kept for years; a telephone was sold by whoever had it before.
  @Test(arguments: [(IdentifierKind.phone, true), (.device, false), (.cookie, false)])
  func registrationIsOfNumbersAlone(_ kind: IdentifierKind, isOne: Bool) throws {
    var maker = InputMaker()
    let (one, other) = (
      maker.account(.instagram, active: (1000 * Self.day)...(1100 * Self.day)),
      maker.account(.x, active: 0...(100 * Self.day))
    )
    maker.input.accounts[Int(one.raw)].registered = -3000 * Self.day
    for (account, day) in [(one, Int64(1050)), (other, 50)] {
      maker.show(account, kind, "77120034", time: day * Self.day)
    }
    maker.bystanders(60)
    let pair = try #require(maker.run().pairs.first)
    #expect(isOne ? pair.log10LR > 3 : pair.log10LR == 1)
  }

  /// A row of a subscriber has the number and the one for recovery; which was given up, none was.
  @Test("Of two numbers that an account shows at one time it gave up neither")
  func twoNumbersAtOnce() throws {
    func found(otherAt days: Int64?) throws -> (weight: Double, statement: String) {
      var maker = InputMaker()
      let (one, other) = (
        maker.account(.instagram, active: (2900 * Self.day)...(3000 * Self.day)),
        maker.account(.instagram, active: (2900 * Self.day)...(3000 * Self.day))
      )
      maker.show(one, .phone, "+447700900102", time: 0)
      maker.show(one, .phone, "+447700900101", time: days.map { $0 * Self.day })
      maker.show(other, .phone, "+447700900102", time: 2890 * Self.day)
      maker.bystanders(30)
      let pair = try #require(maker.run().pairs.first)
      return (pair.log10LR, pair.items[0].statement)
    }
    let atOnce = try found(otherAt: 0)
    #expect(atOnce.weight > 3 && !atOnce.statement.contains("given to someone else"))
    // One from before was changed for the number that is shared; one that came later stands in its place.
    #expect(try found(otherAt: -300).weight > 3)
    for days: Int64? in [500, nil] {
      let changed = try found(otherAt: days)
      #expect(changed.weight == 1 && changed.statement.contains("on record with it 2890 days apart"))
    }
  }
}
