import AccountModel
import Linkage
import Testing

/// What a sentence says of who holds a value.
@Suite struct HolderStatementTests {
  @Test("A platform names an account by handle or id, and not by a number or date that nobody else has")
  func oneAccountOfThePlatform() throws {
    var maker = InputMaker()
    let (one, other) = (maker.account(), maker.account())
    maker.bystanders(60)
    for account in [one, other] {
      maker.show(account, .handle, "qorvex.blint53")
      maker.show(account, .handle, "qorvexblint53", rule: "separators")
      maker.show(account, .phone, "+447700900123")
      maker.show(account, .dateOfBirth, "1990-05-03", assertion: .user)
    }
    // The platform gives both the same handle: they are one account of it, under two names.
    maker.input.platformAccounts = maker.input.accounts.indices.map {
      AccountNode(raw: UInt32($0 == Int(other.raw) ? Int(one.raw) : $0))
    }
    let statements = try #require(maker.run().pairs.first).items.map(\.statement)
    #expect(statements.count >= 3)
    let named = "Both show the handle “qorvex.blint53” (by which the platform names one account)."
    #expect(statements.contains(named))
    for statement in statements where statement != named {
      #expect(!statement.contains("by which the platform names"), "\(statement)")
      #expect(statement.contains("(nobody else in the case has it"), "\(statement)")
    }
  }

  @Test("What a loose rule does is said in words, whatever the rule is called")
  func wordsOfRules() throws {
    let rules = [
      "nfkc-casefold", "case-folded", "sorted-tokens", "unaccented", "gmail-dots", "plus-tag",
      "icloud-domains", "proton-folding", "yahoo-keyword", "fastmail-subdomain", "without-extension",
      "skeleton", "separators", "legacy-name", "local-part", "leet", "trailing-digits", "collapse",
      "other-reading",
    ]
    for rule in rules {
      #expect(WeightTable.isEvidence(rule: rule), "\(rule)")
      var maker = InputMaker()
      for account in [maker.account(), maker.account()] {
        maker.show(account, .email, "qorvexblint53", rule: rule)
      }
      maker.bystanders(60)
      let statement = try #require(maker.run().pairs.first?.items.first).statement
      #expect(statement.contains(" comes to “qorvexblint53” when "), "\(statement)")
    }
  }
}
