import AccountModel
import Identifiers
import Linkage
import Testing

/// Telephone numbers that are a home's, a firm's or a helpline's.
@Suite struct SharedLineTests {
  @Test(
    "A number that many call joins nobody by itself",
    arguments: [
      "0808 157 0192", "0306 999 0123", "0909 879 0123", "020 7946 0123",
    ])
  func sharedLines(_ number: String) throws {
    let found = PhoneNumber().normalise(number)
    var maker = InputMaker()
    for name in ["owen qorvex", "lewis blintley"] {
      let account = maker.account()
      maker.show(account, .phone, found.canonical, flags: found.flags)
      maker.show(account, .displayName, name)
    }
    maker.bystanders(200)
    let pair = try #require(maker.run().pairs.first)
    #expect(pair.log10LR <= 2 && pair.items.map(\.group) == ["premises"], "\(found.flags)")
  }

  @Test func aMobileDoes() throws {
    let found = PhoneNumber().normalise("07700 900123")
    var maker = InputMaker()
    for _ in 0..<2 { maker.show(maker.account(), .phone, found.canonical, flags: found.flags) }
    maker.bystanders(200)
    #expect(try #require(maker.run().pairs.first).log10LR > 4)
  }
}
