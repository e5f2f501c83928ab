import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

/// Puts reports together as the examiner's program writes them.
enum CellebriteReport {
  static func fields(_ fields: [(String, String)]) -> String {
    fields.map { name, value in
      let text = value.replacing("]]>", with: "]]]]><![CDATA[>")
      return value.isEmpty
        ? "<field name=\"\(name)\" type=\"String\"><empty /></field>\n"
        : "<field name=\"\(name)\" type=\"String\">\n <value type=\"String\"><![CDATA[\(text)]]></value></field>\n"
    }.joined()
  }

  static func model(
    _ type: String, _ values: [(String, String)], attributes: String = "deleted_state=\"Intact\"",
    parts: String = ""
  ) -> String {
    "<model type=\"\(type)\" \(attributes)>\n\(fields(values))\(parts)</model>\n"
  }

  static func parts(_ name: String, _ models: [String]) -> String {
    "<multiModelField name=\"\(name)\">\(models.joined())</multiModelField>\n"
  }

  static func part(_ name: String, _ model: String) -> String {
    "<modelField name=\"\(name)\">\(model)</modelField>\n"
  }

  static func party(_ values: [(String, String)]) -> String { model("Party", values) }

  static func message(
    _ body: String, from: String, _ values: [(String, String)] = [],
    time: String = "2021-05-21T02:38:43.000+00:00",
    attributes: String = "deleted_state=\"Intact\"", parts: String = ""
  ) -> String {
    model(
      "InstantMessage", [("Body", body), ("TimeStamp", time)] + values, attributes: attributes,
      parts: part("From", from) + parts)
  }

  static func chat(
    _ values: [(String, String)], parties: [String] = [], messages: [String], after: [(String, String)] = []
  )
    -> String
  {
    model(
      "Chat", values, parts: parts("Participants", parties) + parts("Messages", messages) + fields(after))
  }

  static func document(_ models: String) -> String {
    """
    <?xml version="1.0" encoding="utf-8"?>
    <project id="1" name="Item 1" reportVersion="5.2.0.0" xmlns="http://pa.cellebrite.com/report/2.0">
    <sourceExtractions><extractionInfo id="0" name="Phone" type="FileSystem" /></sourceExtractions>
    <caseInformation><field name="Name" fieldType="CaseName">x</field></caseInformation>
    <metadata section="Additional Fields"><item name="IMEI"><![CDATA[490154203237599]]></item></metadata>
    <metadata section="Device Info">
    <item id="a" name="IMEI" sourceExtraction="0"><![CDATA[490154203237518]]></item>
    <item id="b" name="IMSI" sourceExtraction="0"><![CDATA[234150000000001]]></item>
    <item id="c" name="DeviceInfoWiFiMACAddress" sourceExtraction="0"><![CDATA[00:53:00:00:00:01]]></item>
    <item id="d" name="MSISDN" sourceExtraction="0"><![CDATA[+447700900999]]></item>
    <item id="e" name="ICCID" sourceExtraction="0"><![CDATA[N/A]]></item>
    <item id="f" name="DeviceInfoDetectedModel" sourceExtraction="0"><![CDATA[SM-G531BT]]></item>
    </metadata>
    <decodedData><modelType type="Any">\(models)</modelType></decodedData>
    </project>
    """
  }

  static let sam = party([
    ("Identifier", "447700900123@s.whatsapp.net"), ("Name", "Sam"), ("Role", "General"),
  ])
  static let me = party([("Identifier", "447700900999@s.whatsapp.net"), ("IsPhoneOwner", "True")])

  static let sample: String = {
    let card = model(
      "Contact", [("Name", "Una"), ("Source", "Telegram")],
      parts: parts("Entries", [model("UserID", [("Category", "Telegram Id"), ("Value", "700000077")])]))
    let quote = model(
      "ReplyMessageData", [("Label", "Reply")], parts: part("InstantMessage", message("hello", from: sam)))
    let conversation = chat(
      [("Source", "WhatsApp"), ("Id", "447700900123@s.whatsapp.net"), ("Name", "Sam")], parties: [sam, me],
      messages: [
        message("hello \u{1F44C} <b>", from: sam),
        message(
          "and you", from: me, time: "2021-05-21T02:38:44Z",
          parts: quote + parts("Attachments", [model("Attachment", [("Filename", "a.jpg")])])),
        message("hello \u{1F44C} <b>", from: sam, attributes: "deleted_state=\"Deleted\" isrelated=\"True\""),
        message("x", from: party([("Identifier", "System Message"), ("Name", "System Message")])),
        message(
          "passed on", from: sam, [("Label", "Forwarded")], time: "2021-05-21T02:38:45Z",
          attributes: "deleted_state=\"Deleted\"", parts: parts("SharedContacts", [card])),
        message("nobody", from: party([("Identifier", "1@g.us")])),
      ])
    func sms(
      _ body: String, _ folder: String, _ number: String, _ role: String, _ type: String = "SMS",
      subject: String = ""
    ) -> String {
      model(
        type,
        [
          ("TimeStamp", "2021-05-21T03:38:43+01:00"), ("Body", body), ("Subject", subject),
          ("Folder", folder),
        ],
        parts: parts("Parties", [party([("Identifier", number), ("Role", role)])]))
    }
    func call(_ values: [(String, String)], _ parties: [String]) -> String {
      model("Call", values + [("TimeStamp", "2021-05-21T02:38:43Z")], parts: parts("Parties", parties))
    }
    let mail = model(
      "Email",
      [
        ("Body", "<html><body><p>words of mail</p></body></html>"), ("Subject", "s"),
        ("TimeStamp", "2021-05-21T02:38:43Z"), ("Source", "Gmail"),
      ],
      parts: part("From", party([("Identifier", "a@example.org")]))
        + parts("To", [party([("Identifier", "b@example.org")])]))
    let post = model(
      "SocialMediaActivity",
      [("Body", "a post"), ("Source", "Instagram"), ("TimeStamp", "2021-05-21T02:38:43Z")],
      parts: part("Author", party([("Identifier", "17840000001")])))
    let contact = model(
      "Contact", [("Name", "Sam"), ("Source", "")],
      parts: parts(
        "Entries",
        [
          model("PhoneNumber", [("Category", "Mobile"), ("Value", "+447700900123")]),
          model("EmailAddress", [("Value", "sam@example.org")]),
          model("WebAddress", [("Value", "https://example.org/sam")]),
        ]))
    let tag = model("Tag", [("Name", "x")], parts: part("Model", "<model type=\"SMS\" id=\"1\" />"))
    return document(
      call(
        [("Type", "Incoming"), ("Duration", "00:01:35")],
        [party([("Identifier", "+447700900123"), ("Role", "From")])])
        + call(
          [("Type", "Outgoing"), ("Source", "WhatsApp")],
          [
            party([("Identifier", "447700900123@s.whatsapp.net"), ("Role", "To")]),
            party([("Identifier", "447700900999@s.whatsapp.net"), ("Role", "From"), ("IsPhoneOwner", "True")]
            ),
          ])
        + call([("Type", "Missed")], [party([("Identifier", "Unknown"), ("Role", "From")])])
        + conversation
        + sms("Your code is 1", "Inbox", "HMRC", "From") + sms("on my way", "Sent", "+447700900124", "To")
        + sms("never sent", "Drafts", "+447700900124", "To")
        + sms("body", "Inbox", "+447700900124", "From", "MMS", subject: "Subject")
        + mail + post + contact + model("Contact", [("Name", "Nobody")])
        + model("Location", [("Name", "home")]) + model("Password", [("Data", "hunter2")]) + tag
        + model(
          "UserAccount",
          [
            ("Name", "Me"), ("Username", "447700900999@s.whatsapp.net"), ("Password", "hunter2"),
            ("ServiceType", "WhatsApp"),
          ])
        + model(
          "UserAccount", [("Username", "una_marsh"), ("ServiceType", "Telegram")],
          parts: parts(
            "Entries",
            [model("UserID", [("Value", "700000001")]), model("PhoneNumber", [("Value", "+447700900999")])])))
  }()
}
