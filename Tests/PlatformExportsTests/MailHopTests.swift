import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

/// Whose the addresses in the headers of a mail are.
@Suite struct MailHopTests {
  /// A list's own address, and a provider's servers, are nobody's identifiers.
  @Test func whatListsAndServersAddIsNotTheAuthors() throws {
    func identifiers(_ headers: String) throws -> [String] {
      try EmailReaderTests.read(headers + "From: ann@example.org\nTo: list@example.net\nSubject: s\n\ntext\n")
        .identifiers
        .filter { $0.account == "email email ann@example.org" && !$0.label.isEmpty }
        .map { "\($0.label) \($0.value)" }
    }
    #expect(
      try identifiers("List-Id: <list.example.net>\nReply-To: list@example.net\nSender: bounce@example.net\n")
        .isEmpty)
    #expect(try identifiers("Reply-To: list@example.net\n").isEmpty)
    #expect(try identifiers("Reply-To: ann2@example.org\n") == ["reply-to ann2@example.org"])
    // Google: the message came to a server by HTTP, and the address is that of a server that handed it on.
    #expect(
      try identifiers(
        """
        Received: from out1.mail.example (out1.mail.example. [192.0.2.41]) by mx.example.net with ESMTPS id 2; Tue, 2 Jan 2024 10:00:09 +0000
        Received: by out1.mail.example with SMTP id 1 for <list@example.net>; Tue, 2 Jan 2024 10:00:08 +0000

        """
      ).isEmpty)
    // Exchange: one server of the provider to another.
    #expect(
      try identifiers(
        "Received: from a1.prod.mail.example ([2001:db8::20]) by b2.prod.mail.example ([fe80::1]) with mapi id 15; Tue, 2 Jan 2024 10:00:09 +0000\n"
      ).isEmpty)
    // A machine at home that handed the message straight to the recipient's server.
    #expect(
      try identifiers(
        "Received: from laptop (unknown [203.0.113.5]) by mx.example.net with SMTP id 2; Tue, 2 Jan 2024 10:00:09 +0000\n"
      ) == ["received-first-hop 203.0.113.5"])
  }

  /// Some providers leave out where their customers are: what is seen first is a server of theirs, which all share.
  @Test func serversOfProvidersAreNobodys() throws {
    func addresses(_ headers: String) throws -> [String] {
      try EmailReaderTests.read(headers + "From: ann@example.org\nTo: bob@example.net\nSubject: s\n\ntext\n")
        .identifiers
        .filter { $0.kind == .ip }.map { "\($0.label) \($0.value)" }
    }
    let end = "id 1; Tue, 2 Jan 2024 10:00:09 +0000\n"
    // A provider that writes no hop for the submission.
    #expect(
      try addresses(
        "Received: from out-3.mail.example (out-3.mail.example. [192.0.2.41]) by mx.example.net with ESMTPS \(end)"
      ).isEmpty)
    // A balancer before the provider's server, under the program's own greeting.
    #expect(
      try addresses(
        "Received: from client.local (in7-vip.mail.example [192.0.2.42]) by in9.mail.example with ESMTPSA \(end)"
      ).isEmpty)
    // The recipient's server repeats the address that connected to it.
    #expect(
      try addresses(
        "Received: from out-3.mail.example (192.0.2.41) by mx.example.net with SMTP \(end)"
          + "Received: by out-3.mail.example with SMTP \(end)X-Sender-IP: 192.0.2.41\n"
      ).isEmpty)
    // Customers' lines, whose names are of the provider's domain.
    for name in ["host203-0-113-5.line.example", "cb007105.line.example", "k5.cable.line.example"] {
      #expect(
        try addresses(
          "Received: from [192.168.0.4] (\(name) [203.0.113.5]) by in.line.example with ESMTPA \(end)")
          == ["received-first-hop 203.0.113.5"])
      #expect(
        try addresses("Received: from \(name) (\(name) [203.0.113.5]) by mx.example.net with SMTP \(end)")
          == ["received-first-hop 203.0.113.5"])
    }
    // Anybody can greet with a server's name: the recipient's server found none for the address.
    #expect(
      try addresses(
        "Received: from out-3.mail.example (unknown [203.0.113.5]) by mx.example.net with SMTP \(end)"
      ) == ["received-first-hop 203.0.113.5"])
    // A machine's name at home is no server's.
    #expect(
      try addresses("Received: from hilda.lan ([203.0.113.5]) by mx.example.net with SMTP \(end)")
        == ["received-first-hop 203.0.113.5"])
    // Apple Mail calls every telephone by one name, and some people's machines have a whole one.
    #expect(
      try addresses("Received: from smtpclient.apple ([203.0.113.5]) by mx.example.net with SMTP \(end)")
        == ["received-first-hop 203.0.113.5"])
    for name in ["smtpclient.apple", "desk.ann.example"] {
      #expect(
        try addresses(
          "Received: from \(name) ([203.0.113.5]) by in.mail.example with ESMTPSA \(end)X-Originating-IP: 203.0.113.5\n"
        ).sorted() == ["received-first-hop 203.0.113.5", "x-originating-ip 203.0.113.5"])
    }
    // Two hosts below co.uk are not of one domain for that.
    #expect(
      try addresses(
        "Received: from pc (office.one.co.uk [203.0.113.5]) by in.two.co.uk with ESMTPSA \(end)"
      ) == ["received-first-hop 203.0.113.5"])
    #expect(
      try addresses(
        "X-Originating-IP: [203.0.113.5]\nReceived: from out-3.mail.example ([192.0.2.41]) by mx.example.net with ESMTPS \(end)"
      ) == ["x-originating-ip 203.0.113.5"])
  }
}
