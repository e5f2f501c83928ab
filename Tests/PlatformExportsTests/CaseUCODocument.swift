/// Invented CASE documents for tests.
enum CaseUCODocument {
  static let uco = "https://ontology.unifiedcyberontology.org/uco/"
  static let context = """
    {"kb":"http://example.org/kb/","c":"\(uco)core/","o":"\(uco)observable/","i":"\(uco)identity/",
    "t":"\(uco)types/","co":"http://purl.org/co/","xsd":"http://www.w3.org/2001/XMLSchema#"}
    """

  /// A document of the usual form.
  static func document(_ nodes: [String]) -> String {
    "{\"@context\":\(context),\n\"@graph\":[\n\(nodes.joined(separator: ",\n"))\n]}"
  }

  /// A thing with facets.
  static func node(_ id: String, _ facets: [String], _ more: String = "") -> String {
    """
    {"@id":"kb:\(id)","@type":"o:ObservableObject"\(more),"c:hasFacet":[\(facets.joined(separator: ","))]}
    """
  }

  /// A facet of a type, with properties as they stand.
  static func facet(_ type: String, _ properties: String) -> String {
    "{\"@type\":\"o:\(type)\",\(properties)}"
  }

  static func app(_ id: String, _ name: String) -> String {
    node(id, [facet("ApplicationFacet", "\"o:applicationIdentifier\":\"\(name)\"")])
  }

  static func account(_ id: String, _ name: String, app: String? = nil, shown: String? = nil)
    -> String
  {
    var facets = [facet("AccountFacet", "\"o:accountIdentifier\":\"\(name)\"")]
    if let app {
      facets.append(facet("ApplicationAccountFacet", "\"o:application\":{\"@id\":\"kb:\(app)\"}"))
    }
    if let shown { facets.append(facet("DigitalAccountFacet", "\"o:displayName\":\"\(shown)\"")) }
    return node(id, facets)
  }

  static func message(
    _ id: String, _ text: String, from: String, to: [String] = [],
    at time: String = "2026-01-05T10:11:00Z",
    type: String = "MessageFacet", more: String = ""
  ) -> String {
    let others = to.map { "{\"@id\":\"kb:\($0)\"}" }.joined(separator: ",")
    return node(
      id,
      [
        facet(
          type,
          "\"o:messageText\":\"\(text)\",\"o:from\":{\"@id\":\"kb:\(from)\"},\"o:to\":[\(others)],"
            + "\"o:sentTime\":{\"@type\":\"xsd:dateTime\",\"@value\":\"\(time)\"}\(more)")
      ])
  }

  static func thread(_ id: String, _ name: String, _ members: [String], _ messages: [String])
    -> String
  {
    func list(_ ids: [String]) -> String {
      ids.map { "{\"@id\":\"kb:\($0)\"}" }.joined(separator: ",")
    }
    return node(
      id,
      [
        facet(
          "MessageThreadFacet",
          "\"o:displayName\":\"\(name)\",\"o:participant\":[\(list(members))],"
            + "\"o:messageThread\":{\"@id\":\"kb:\(id)-list\",\"@type\":\"t:Thread\",\"co:element\":[\(list(messages))]}"
        )
      ])
  }

  static let inWhatsApp = ",\"o:application\":{\"@id\":\"kb:app\"}"

  /// A conversation of two and one of three, a call, a mail, a contact and a device.
  static let sample = document([
    app("app", "com.whatsapp"), app("native", "Native"),
    account("una", "447700900001@s.whatsapp.net", app: "app", shown: "Una Lane"),
    account("rex", "447700900002@s.whatsapp.net", app: "app"),
    account("sam", "12345678901234@lid", app: "app"),
    thread("two", "Best friends", ["una", "rex"], ["m1", "m2"]),
    thread("three", "Snails", ["una", "rex", "sam"], ["m3"]),
    message("m1", "I see you", from: "una", to: ["rex"], more: inWhatsApp),
    message(
      "m2", "go away", from: "rex", to: ["una"], at: "2026-01-05T10:12:00.5+01:00",
      more: inWhatsApp + ",\"o:allocationStatus\":\"Deleted\""),
    message("m3", "all of you", from: "sam", to: ["una", "rex"], more: inWhatsApp),
    node(
      "rose",
      [
        facet("AccountFacet", "\"o:accountIdentifier\":\"Rose Marsh\",\"o:isActive\":true"),
        facet("PhoneAccountFacet", "\"o:phoneNumber\":\"+447700900003/447700900003\""),
      ]),
    node(
      "jane",
      [
        facet("AccountFacet", "\"o:accountIdentifier\":\"Jane Cole\""),
        facet(
          "PhoneAccountFacet", "\"o:phoneNumber\":\"+447700900004\",\"o:displayName\":\"Jane C.\""),
      ]),
    node(
      "call",
      [
        facet(
          "CallFacet",
          "\"o:callType\":\"incoming\",\"o:allocationStatus\":\"Intact\",\"o:duration\":{\"@type\":\"xsd:integer\","
            + "\"@value\":\"35\"},\"o:startTime\":{\"@type\":\"xsd:dateTime\",\"@value\":\"2026-01-06T21:38:19.023000+00:00\"},"
            + "\"o:application\":{\"@id\":\"kb:native\"},\"o:from\":{\"@id\":\"kb:rose\"},\"o:to\":{\"@id\":\"kb:jane\"}"
        )
      ]),
    node("a1", [facet("EmailAddressFacet", "\"o:addressValue\":\"hilda@example.org\"")]),
    node(
      "hilda",
      [
        facet("AccountFacet", "\"o:accountIdentifier\":\"Hilda S.\""),
        facet("EmailAccountFacet", "\"o:emailAddress\":{\"@id\":\"kb:a1\"}"),
      ]),
    node("a2", [facet("EmailAddressFacet", "\"o:addressValue\":\"tom@example.net\"")]),
    node("ip", [facet("IPv4AddressFacet", "\"o:addressValue\":\"192.0.2.7\"")]),
    node(
      "mail",
      [
        facet(
          "EmailMessageFacet",
          "\"o:subject\":\"clues\",\"o:body\":\"<p>hear &amp; see</p>\",\"o:sentTime\":\"2026-02-25T14:55:51+00:00\","
            + "\"o:from\":{\"@id\":\"kb:hilda\"},\"o:to\":[{\"@id\":\"kb:a2\"}],\"o:cc\":[],"
            + "\"o:xOriginatingIP\":{\"@id\":\"kb:ip\"}")
      ]),
    node(
      "card",
      [
        facet(
          "ContactFacet",
          "\"o:displayName\":\"Uncle\",\"o:contactPhone\":{\"@type\":\"o:ContactPhone\",\"o:contactPhoneNumber\":"
            + "{\"@type\":\"o:PhoneAccount\",\"c:hasFacet\":{\"@type\":\"o:PhoneAccountFacet\",\"o:phoneNumber\":"
            + "\"+447700900005\"}}},\"o:contactEmail\":[{\"o:emailAddress\":{\"c:hasFacet\":[{\"@type\":"
            + "\"o:EmailAddressFacet\",\"o:addressValue\":\"uncle@example.org\"}]}}]")
      ]),
    node(
      "phone",
      [
        facet(
          "DeviceFacet",
          "\"o:deviceType\":\"Mobile phone\",\"o:model\":\"P1\",\"o:serialNumber\":\"PX20260001\""),
        facet(
          "MobileDeviceFacet",
          "\"o:IMEI\":\"490154203237518\",\"o:IMSI\":\"000000000000000\",\"o:MSISDN\":\"+447700900006\""
        ),
        facet("WifiAddressFacet", "\"o:addressValue\":\"02:00:5E:10:00:01\""),
      ]),
    node(
      "file",
      [
        facet(
          "FileFacet", "\"o:fileName\":\"a.zip\",\"o:accessedTime\":\"1900-01-01T08:00:00+00:00\""),
        facet(
          "ContentDataFacet",
          "\"o:hash\":[{\"@type\":\"t:Hash\",\"t:hashValue\":\"\(String(repeating: "1", count: 76))\"}]"
        ),
      ]),
  ])
}
