/// A backup by the Android app SMS Backup & Restore, of the older kind that splits emoji into surrogates.
struct SMSExport {
  let script: Script
  private var cast: Cast { script.cast }

  func files() throws -> [GeneratedFile] {
    var rows: [(at: Int, text: String)] = []
    for name in ["k3-sms1", "k3-sms2", "b07-sms", "b08-sms"] {
      let account = try cast.account(name)
      for (position, message) in try script.conversation(name).messages.enumerated() {
        // The network gives the number in full on the way in; people type it with a nought.
        let incoming = message.author == name
        let phone = account.phone ?? ""
        let address = incoming || position % 2 == 0 ? phone : "0" + phone.dropFirst(3)
        let text = message.text + (position == 1 ? " 😀" : "")
        rows.append((message.at, sms(address, text, message.at, incoming, account.displayName)))
      }
    }
    for (position, text) in [
      "Your tax return is due. Sign in to your account to see what you owe.",
      "We have received your return. You do not need to reply to this text.",
    ].enumerated() {
      let at = script.instant(day: 20 + position * 60, hour: 10, minute: 2)
      rows.append((at, sms("HMRC", text, at, true, nil)))
    }
    let pictureAt = script.instant(day: 33, hour: 19, minute: 40)
    rows.append((pictureAt, try picture(pictureAt)))
    rows.sort { ($0.at, $0.text) < ($1.at, $1.text) }
    var text = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n"
    text += "<!--File Created By SMS Backup & Restore v10.05.400 on \(Stamp.readable(script.exportedAt))-->\n"
    text += "<?xml-stylesheet type=\"text/xsl\" href=\"sms.xsl\"?>\n"
    text += "<smses count=\"\(rows.count)\" backup_set=\"5b0c1d2e-0000-4000-8000-000000000001\" "
    text += "backup_date=\"\(script.exportedAt)000\" type=\"full\">\n"
    for row in rows { text += "  " + row.text + "\n" }
    text += "</smses>\n"
    return [GeneratedFile("sms/sms-\(Stamp.utcDate(script.exportedAt).replacing("-", with: "")).xml", text)]
  }

  private func sms(_ address: String, _ body: String, _ at: Int, _ incoming: Bool, _ name: String?) -> String
  {
    "<sms protocol=\"0\" address=\"\(address)\" date=\"\(at)123\" type=\"\(incoming ? 1 : 2)\" subject=\"null\" "
      + "body=\"\(surrogateAttribute(body))\" toa=\"null\" sc_toa=\"null\" service_center=\"null\" read=\"1\" "
      + "status=\"-1\" locked=\"0\" date_sent=\"\(incoming ? "\(at - 2)000" : "0")\" sub_id=\"1\" "
      + "readable_date=\"\(Stamp.readable(at))\" contact_name=\"\(surrogateAttribute(name ?? "(Unknown)"))\" />"
  }

  /// A picture message with its layout part, a text part and a picture of one pixel.
  private func picture(_ at: Int) throws -> String {
    let phone = try cast.account("k3-sms1").phone ?? ""
    let own = try cast.account("victim-sms").phone ?? ""
    let pixel = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
    return """
      <mms date="\(at)000" rr="129" sub="null" ct_t="application/vnd.wap.multipart.related" read_status="null" \
      seen="1" msg_box="1" address="\(phone)" sub_cs="null" read="1" m_type="132" text_only="0" \
      date_sent="\(at)" readable_date="\(Stamp.readable(at))" contact_name="(Unknown)">
          <parts>
            <part seq="-1" ct="application/smil" name="null" chset="null" cd="null" fn="null" cid="&lt;smil&gt;" \
      cl="smil.xml" text="&lt;smil&gt;&lt;body&gt;&lt;/body&gt;&lt;/smil&gt;" />
            <part seq="0" ct="image/gif" name="p.gif" chset="null" cd="null" fn="null" cid="&lt;p&gt;" \
      cl="p.gif" text="null" data="\(pixel)" />
            <part seq="0" ct="text/plain" name="t.txt" chset="106" cd="null" fn="null" cid="&lt;t&gt;" \
      cl="t.txt" text="Look what I found!! x" />
          </parts>
          <addrs>
            <addr address="\(phone)" type="137" charset="106" />
            <addr address="\(own)" type="151" charset="106" />
          </addrs>
        </mms>
      """
  }
}
