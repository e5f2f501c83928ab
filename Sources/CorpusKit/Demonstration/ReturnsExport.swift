/// What providers returned to the police: two tables, each with the mapping of its columns beside it.
struct ReturnsExport {
  let script: Script
  private var cast: Cast { script.cast }

  func files() throws -> [GeneratedFile] {
    [
      GeneratedFile("returns/subscriber-return.csv", try subscribers()),
      GeneratedFile("returns/subscriber-return.toml", Self.subscriberMapping),
      GeneratedFile("returns/ip-return.csv", try accesses()),
      GeneratedFile("returns/ip-return.toml", Self.accessMapping),
    ]
  }

  private func subscribers() throws -> String {
    var text = csvLine([
      "Service", "Account ID", "Username", "Display name", "Registered (UTC)", "Subscriber name",
      "Date of birth",
      "Recovery e-mail", "Phone number", "Linked account", "Device ID", "Browser cookie",
    ])
    for record in script.subscribers {
      let account = try cast.account(record.account)
      text += csvLine([
        account.platform.rawValue, account.platformID ?? "", account.handle ?? "", account.displayName ?? "",
        Stamp.utcPlain(record.registered), record.personName, record.dateOfBirth, record.recoveryEmail,
        record.phone, record.linked, record.device, record.cookie,
      ])
    }
    return text
  }

  private func accesses() throws -> String {
    var text = csvLine([
      "Service", "Account ID", "Username", "Event", "Time (UTC)", "IP address", "Source port", "User agent",
    ])
    for access in script.accesses {
      let account = try cast.account(access.account)
      text += csvLine([
        account.platform.rawValue, account.platformID ?? "", account.handle ?? "", "Login",
        Stamp.utcPlain(access.at), access.ip, String(access.port), access.userAgent,
      ])
    }
    return text
  }

  private static let subscriberMapping = """
    # What the columns of subscriber-return.csv mean. One row is one account.
    version = 1
    name = "Subscriber return"
    platform_column = "Service"
    communications_data = true

    [account]
    column = "Account ID"
    kind = "platform-id"
    scope = "platform"

    [record]
    class = "profile"

    [time]
    column = "Registered (UTC)"
    format = "yyyy-MM-dd HH:mm:ss"
    zone = "UTC"

    [[identifier]]
    column = "Username"
    kind = "handle"

    [[identifier]]
    column = "Display name"
    kind = "display-name"
    assertion = "user"

    [[identifier]]
    column = "Subscriber name"
    kind = "person-name"

    [[identifier]]
    column = "Date of birth"
    kind = "date-of-birth"

    [[identifier]]
    column = "Recovery e-mail"
    kind = "email"
    label = "recovery"

    [[identifier]]
    column = "Phone number"
    kind = "phone"

    [[identifier]]
    column = "Linked account"
    kind = "profile-link"

    [[identifier]]
    column = "Device ID"
    kind = "device"
    label = "device-id"

    [[identifier]]
    column = "Browser cookie"
    kind = "cookie"
    label = "browser"

    """

  private static let accessMapping = """
    # What the columns of ip-return.csv mean. One row is one access.
    version = 1
    name = "Address return"
    platform_column = "Service"
    communications_data = true

    [account]
    column = "Account ID"
    kind = "platform-id"
    scope = "platform"

    [record]
    class = "login"

    [time]
    column = "Time (UTC)"
    format = "yyyy-MM-dd HH:mm:ss"
    zone = "UTC"

    [[identifier]]
    column = "Username"
    kind = "handle"

    [[identifier]]
    column = "IP address"
    kind = "ip"
    port_column = "Source port"

    [[identifier]]
    column = "User agent"
    kind = "user-agent"

    """
}

/// Accounts that an investigator captured from public pages, one a line.
struct AccountLinesExport {
  let script: Script
  private var cast: Cast { script.cast }

  func files() throws -> [GeneratedFile] {
    var text = ""
    let captured = [
      "k1-x1", "k1-tg1", "k2-tg1", "k2-tg2", "k2-x2", "b13-x", "b16-ig", "b17-x", "b18-tg", "b19-fb",
      "b20-ig",
      "b21-x",
    ]
    for (position, name) in captured.enumerated() {
      let account = try cast.account(name)
      let platform = account.platform.rawValue
      let posts: [OrderedJSON] = (script.posts[name] ?? []).map {
        ["at": .string(Stamp.isoLondon($0.at)), "text": .string($0.text), "channel": "public"]
      }
      func list(_ values: [String]) -> OrderedJSON { .array(values.map { .string($0) }) }
      let line: OrderedJSON = [
        "id": .string("capture-\(Stamp.two(position + 1))"),
        "platform": .string(platform), "handle": .string(account.handle ?? ""),
        "name": .string(account.shownName),
        "emails": list(script.openEmails[name] ?? []), "phones": [],
        "urls": list(script.openLinks[name] ?? []),
        "devices": [], "ips": [], "posts": .array(posts),
      ]
      text += line.text(.line) + "\n"
    }
    return [GeneratedFile("accounts/open-capture.ndjson", text)]
  }
}
