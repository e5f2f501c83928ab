import Cognate
import Foundation
import TestSupport
import Testing

@Suite("Networks of IPv6 addresses in a case")
struct NetworkCaseTests {
  @Test("Two accounts of one line meet by its network, and two mails by no server's")
  func lines() throws {
    let test = try CaseUnderTest()
    let lines = [("instagram", "quorvex", "a1b2"), ("x", "blintley", "c3d4")].map { platform, handle, part in
      #"{"id":"\#(part)","platform":"\#(platform)","handle":"\#(handle)","ips":[{"ip":"2001:db8:51:7:\#(part)::1","at":"2026-01-10T22:00:00Z"}]}"#
    }
    _ = try test.importing(lines.joined(separator: "\n") + "\n", "accounts.ndjson")
    for (number, name) in ["ann", "bob"].enumerated() {
      _ = try test.importing(
        """
        Received: from [2001:db8:77:1::\(number + 1)] (helo=client) by out.mail.example with ESMTPSA id 1
        \tfor <una@example.org>; Tue, 10 Feb 2026 10:00:00 +0000
        X-Originating-IP: [2001:db8:77:1::\(number + 1)]
        From: \(name)@mail\(number).example
        To: una@example.org
        Date: Tue, 10 Feb 2026 10:00:00 +0000
        Message-ID: <\(number)@mail.example>

        hello \(name)

        """, "\(name).eml")
    }
    _ = try test.opened.link()
    let found = try test.opened.why("instagram:quorvex", "x:blintley")
    #expect(found.evidence.map(\.rule) == ["ip-ipv6-64"])
    let mails = try test.opened.why("email:ann@mail0.example", "email:bob@mail1.example")
    #expect(mails.evidence.allSatisfy { $0.family != "network" })
  }
}
