/// Returns as Meta writes them, in each generation of its markup, from one list of labels and values.
struct MetaRecordMarkup: CustomStringConvertible, Sendable {
  enum Generation: String, CaseIterable { case table, nested, styled, minified, plain }

  /// What a section holds.
  indirect enum Item: Sendable {
    /// A label with its value; the value is HTML.
    case field(String, String)
    case group(String, [Item])
    /// A page header between a label and its value.
    case orphan(String, String)
    /// A page header.
    case header(Int)
  }

  let generation: Generation
  var service = "Meta Platforms"
  /// Leaves every second `div` open.
  var leavesOpen = false

  var description: String { "\(generation)" }

  func page(_ sections: [(id: String, items: [Item])]) -> String {
    let body = sections.map { id, items in
      "<div id=\"property-\(id)\" class=\"content-pane\">\(definition(id))\(items.map { html($0) }.joined())"
        + (leavesOpen ? "" : "</div>")
    }.joined()
    return """
      <!DOCTYPE html><html><head><title>\(service) Business Record</title><style>.t>.i{x:"<div>"}</style></head>
      <body><div id="records"><h1>\(service) Business Record</h1>\(body)</div></body></html>
      """
  }

  private func definition(_ id: String) -> String {
    html(
      .field(
        "\(id.replacing("_", with: " ").capitalized) Definition", "IP Address: an address.<br />Time: a time."
      ))
  }

  func html(_ item: Item) -> String {
    let end = leavesOpen ? "" : "</div>"
    switch (generation, item) {
    case (.table, .field(let label, let value)):
      return "<table><tr><th>\(label)</th><td>\(value)<br /></td></tr></table>"
    case (.table, .group(let label, let items)):
      return "<table><tr><th>\(label)</th><td>\(items.map { html($0) }.joined())</td></tr></table>"
    case (.table, .orphan(let label, let value)):
      return
        "<table><tr><th>\(label)</th><td></td></tr></table>\(html(.header(7)))<table><tr><th></th><td>\(value)</td></tr></table>"
    case (.nested, .field(let label, let value)):
      return """
        <div class="div_table outer" style="display:table"><div class="div_table inner">\(label)<div class="most_inner">\
        <div>\(value)<div class="p"></div></div></div></div>\(end)
        """
    case (.nested, .group(let label, let items)):
      return """
        <div class="div_table outer"><div class="div_table inner">\(label)<div class="most_inner"><div>\
        \(items.map { html($0) }.joined())</div></div></div>\(end)
        """
    case (.styled, .field(let label, let value)):
      return """
        <div class="div_table" style="font-weight:bold"><div class="div_table" style="font-weight: bold; display:table;">\
        \(label)<div style="font-weight: normal; display:table-cell; padding: 2px;"><div>\(value)</div></div></div>\(end)
        """
    case (.styled, .group(let label, let items)):
      return """
        <div class="div_table" style="font-weight:bold"><div class="div_table" style="display:table">\(label)\
        <div style="display:table-cell"><div>\(items.map { html($0) }.joined())</div></div></div>\(end)
        """
    case (.nested, .orphan(let label, let value)), (.styled, .orphan(let label, let value)):
      return html(.field(label, "")) + html(.header(7)) + html(.field("", value))
    case (.minified, .field(let label, let value)):
      return """
        <div class="t o"><div class="t i">\(label)<div class="m"><div>\(value)<div class="p"></div></div></div></div>\(end)
        """
    case (.minified, .group(let label, let items)):
      return """
        <div class="t o"><div class="t i">\(label)<div class="m"><div>\(items.map { html($0) }.joined())</div></div></div>\
        \(end)
        """
    case (.minified, .orphan(let label, let value)):
      return """
        <div class="t o"><div class="t i">\(label)<div class="m"><div></div></div></div></div>\(html(.header(7)))\
        <div class="t o"><div class="t i"><div class="m"><div>\(html(.field("", value)))</div></div></div></div>
        """
    case (.plain, .field(let label, let value)): return "<div>\(label)</div><div>\(value)</div>"
    case (.plain, .group(let label, let items)):
      return "<div>\(label)</div><div>\(items.map { html($0) }.joined())</div>"
    case (.plain, .orphan(let label, let value)):
      return "<div>\(label)</div>\(html(.header(7)))<div>\(value)</div>"
    case (.plain, .header(let number)): return "<div>\(service) Business Record Page \(number)</div>"
    case (_, .header(let number)):
      return "<div id=\"page_\(number)\" class=\"pageBreak\">\(service) Business Record Page \(number)</div>"
    }
  }

  // MARK: An account of Instagram

  static let parameters: [Item] = [
    .field("Service", "Instagram"), .field("Internal Ticket Number", "1234567"), .field("Target", "17840001"),
    .field("Account Identifier", "https://www.instagram.com/rex.marsh"),
    .field("Account Type", "InstagramUser"),
    .field("Generated", "2024-01-15 13:30:00 UTC"),
    .field("Date Range", "2023-02-01 00:00:00 UTC to 2024-01-15 00:00:00 UTC"),
  ]

  static let profile: [(id: String, items: [Item])] = [
    ("request_parameters", parameters),
    (
      "name",
      [.group("Name", [.field("First", "Rex &amp; Zoë"), .field("Middle", ""), .field("Last", "Marsh")])]
    ),
    (
      "emails",
      [.field("Registered Email Addresses", "rex@example.org (Verified)<br />r2@example.org (Unverified)")]
    ),
    ("vanity", [.field("Vanity Name", "rex.marsh")]),
    ("registration_date", [.field("Registration Date", "2019-05-05 06:07:08 UTC")]),
    ("registration_ip", [.field("Registration Ip", "192.0.2.1")]),
    ("phone_numbers", [.field("Phone Numbers", "+447700900123 Cell Verified on 2019-05-05 00:00:00 UTC")]),
    ("privacy_settings", [.field("Privacy Settings", "Private")]),
    ("date_of_birth", [.field("Date Of Birth", "No responsive records located")]),
  ]

  static let logins: (id: String, items: [Item]) = (
    "ip_addresses",
    [
      .group(
        "Ip Addresses",
        [
          .field("IP Address", "192.0.2.7:51234"), .field("Time", "2024-01-02 10:00:00 UTC"),
          .field("Action", "Login"),
          .field("IP Address", "[2001:db8::7]:443"), .field("Time", "2024-01-03 10:00:00 UTC"),
          .orphan("IP Address", "198.51.100.9:4004"), .field("Time", "2024-01-04 10:00:00 UTC"),
          .field("Action", "Login"), .header(8),
          .field("IP Address", "203.0.113.5:2002"), .orphan("Time", "2024-01-05 10:00:00 UTC"),
          .field("IP Address", ""), .field("Time", "2024-01-06 10:00:00 UTC"),
        ])
    ]
  )

  static let messages: (id: String, items: [Item]) = (
    "unified_messages",
    [
      .group(
        "Unified Messages",
        [
          .field("Thread", "(5550001)"),
          .field("Current Participants", "rex.marsh (instagram: 17840001), ann (instagram: 17840002)"),
          .field("Past Participants", "No responsive records located"),
          .field("Thread Name", "us &amp; them"),
          .field("Author", "ann (instagram: 17840002)"), .field("Sent", "2024-01-02 10:00:03 UTC"),
          .field(
            "Body",
            "one &lt;b&gt; &amp;amp; &eacute;&#233;&#xE9; &#55357;&#56396;<br />two<br /><br />four &quot;x&quot;"
          ),
          .field("Author", "rex.marsh (instagram: 17840001)"), .field("Sent", "2024-01-02 10:00:02 UTC"),
          .field("Body", "look"),
          .group(
            "Share",
            [.field("Date Created", "2024-01-01 10:00:00 UTC"), .field("Url", "https://example.org/x")]),
          .field("Author", "rex.marsh (instagram: 17840001)"), .field("Sent", "2024-01-02 10:00:01 UTC"),
          .field("Body", ""),
          .group(
            "Attachments",
            [
              .field("Type", "image/jpeg"), .field("Size", "1024"),
              .field("Linked Media File:", "linked_media/a.jpg"),
            ]),
          .field("Author", "ann (instagram: 17840002)"), .field("Sent", "2024-01-02 10:00:00 UTC"),
          .group(
            "Call Record", [.field("Type", "audio"), .field("Missed", "false"), .field("Duration", "61")]),
          .field("Author", "Instagram User"), .field("Sent", "2024-01-01 10:00:00 UTC"),
          .field("Body", "gone"),
        ])
    ]
  )

  // MARK: An account of WhatsApp

  static let whatsApp: [(id: String, items: [Item])] = [
    (
      "request_parameters",
      [
        .field("Service", "WhatsApp"), .field("Account Identifier", "+447700900123"),
        .field("Account Type", "WhatsAppUser"),
      ]
    ),
    (
      "message_log",
      [
        .group(
          "Message Log",
          [
            .group(
              "Message",
              [
                .field("Timestamp", "2026-01-01 10:00:00 UTC"), .field("Message Id", "A1"),
                .field("Sender", "447700900123"), .field("Recipients", "447700900124"),
                .field("Sender Ip", "203.0.113.7"), .field("Sender Port", "45000"),
                .field("Sender Device", "android"),
                .field("Type", "image"), .field("Message Style", "individual"),
                .field("Message Size", "1024"),
              ]),
            .group(
              "Message",
              [
                .field("Timestamp", "2026-01-01 10:05:00 UTC"), .field("Message Id", "A2"),
                .field("Sender", "447700900125"), .field("Recipients", "447700900123, 447700900126"),
                .field("Group Id", "1203@g.us"), .orphan("Sender Ip", "2001:db8::9"),
                .field("Sender Port", "45001"),
                .field("Type", "text"),
              ]),
          ])
      ]
    ),
    (
      "call_logs",
      [
        .group(
          "Call Logs",
          [
            .group(
              "Call",
              [
                .field("Call Id", "C1"), .field("Call Creator", "447700900125"),
                .group(
                  "Events",
                  [
                    .field("Type", "offer"), .field("Timestamp", "2026-01-01 11:00:00 UTC"),
                    .field("From", "447700900125"), .field("To", "447700900123"),
                    .field("From Ip", "203.0.113.8"),
                    .field("From Port", "55001"), .field("Media Type", "audio"),
                    .field("Type", "accept"), .field("Timestamp", "2026-01-01 11:00:05 UTC"),
                    .field("From", "447700900123"), .field("To", "447700900125"),
                    .field("From Ip", "203.0.113.7"),
                    .field("From Port", "55002"),
                    .field("Type", "terminate"), .field("Timestamp", "2026-01-01 11:03:00 UTC"),
                    .field("From", "447700900125"), .field("To", "447700900123"),
                  ]),
              ])
          ])
      ]
    ),
    (
      "ip_addresses",
      [
        .field("Time", "2026-01-01 09:00:00 UTC"), .field("IP Address", "203.0.113.10"),
        .field("Time", "2026-01-01 09:05:00 UTC"), .orphan("IP Address", "203.0.113.11"),
      ]
    ),
    (
      "prospective_login_ips",
      [
        .field("Timestamp", "2026-01-02 09:00:00 UTC"), .field("IP Address", "203.0.113.10"),
        .field("Port", "55261"),
        .field("Timestamp", "2026-01-02 09:05:00 UTC"), .field("IP Address", "203.0.113.10"),
        .field("Port", "55262"),
      ]
    ),
    (
      "address_book_info",
      [
        .group(
          "Address Book",
          [
            .field("Symmetric contacts", "2 Total<br />447700900124<br />447700900125"),
            .field("Asymmetric contacts", "1 Total<br />447700900126"),
          ])
      ]
    ),
  ]
}
