import AccountModel
import Linkage
import Testing

/// The half of an IPv6 address that a home or a telephone is given.
@Suite struct NetworkTests {
  private static let minute: Int64 = 60_000_000

  /// The evidence of two accounts of one network, seen a minute apart.
  private static func found(_ addresses: [String], port: UInt16? = nil) throws -> PairEvidence {
    var maker = InputMaker()
    for (number, address) in addresses.enumerated() {
      let account = maker.account(number == 0 ? .instagram : .x)
      let time = Int64(number) * minute
      maker.show(account, .ip, address, time: time, port: port)
      maker.show(account, .ip, "2001:db8:51:7::/64", rule: "ipv6-64", time: time, port: port)
    }
    maker.bystanders(60)
    return try #require(maker.run().pairs.first)
  }

  @Test func oneLineIsOneLineWhateverItsMachinesCallThemselves() throws {
    let whole = try Self.found(["2001:db8:51:7::1", "2001:db8:51:7::1"])
    #expect(whole.items.map(\.rule) == ["ip-equal"])
    let half = try Self.found(["2001:db8:51:7::1", "2001:db8:51:7::2"])
    #expect(half.items.map(\.rule) == ["ip-ipv6-64"] && half.items[0].group == "premises")
    #expect(half.log10LR == whole.log10LR && half.log10LR > 1 && half.log10LR < 3)
    #expect(
      half.items[0].statement.hasPrefix("Both show the first half of the IP address “2001:db8:51:7::/64” ("))
    #expect(half.items[0].statement.contains("60 s apart"))
  }

  /// Each machine has ports of its own.
  @Test func aPortOfOneMachineIsNoneOfAnother() throws {
    let half = try Self.found(["2001:db8:51:7::1", "2001:db8:51:7::2"], port: 50_000)
    #expect(half.log10LR < 3 && !half.items[0].statement.contains("port"))
    #expect(try Self.found(["2001:db8:51:7::1", "2001:db8:51:7::1"], port: 50_000).log10LR > 3)
  }

  /// Who checks it looks at the lines that are named.
  @Test("The sightings by which two are so near in time come first")
  func nearestIsShown() throws {
    var maker = InputMaker()
    let (one, other) = (maker.account(.instagram), maker.account(.x))
    for hour in 0..<20 {
      for (account, base) in [(one, UInt16(40_000)), (other, 50_000)] {
        let time = Int64(hour * 60 + (account == one ? 0 : 30)) * Self.minute
        maker.show(account, .ip, "192.0.2.77", time: time, port: base + UInt16(hour))
      }
    }
    maker.show(one, .ip, "192.0.2.77", time: 900 * Self.minute, port: 60_001)
    maker.show(other, .ip, "192.0.2.77", time: 901 * Self.minute, port: 60_001)
    maker.bystanders(60)
    let item = try #require(maker.run().pairs.first?.items.first)
    #expect(item.statement.contains("same port within 60 s"))
    #expect(item.references == [41, 1, 3, 42, 2, 4])
  }

  @Test func onlyTheirOwnSightingsCountForTwo() throws {
    var maker = InputMaker()
    let accounts = (0..<4).map { _ in maker.account(.instagram) }
    // By turns; references count from 1.
    for hour in 0..<20 {
      for (place, account) in accounts.enumerated() {
        maker.show(account, .ip, "192.0.2.77", time: Int64(hour * 60 + place * 7) * Self.minute)
      }
    }
    maker.bystanders(60)
    let pairs = maker.run().pairs
    #expect(pairs.count == 6)
    for pair in pairs {
      let item = try #require(pair.items.first)
      let shown = [pair.left, pair.right].map { account in
        item.references.filter { ($0 - 1) % 4 == Int64(account.raw) }
      }
      #expect(shown.map(\.count) == [3, 3] && item.references.count == 6)
    }
  }
}
