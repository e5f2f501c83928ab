/// What platforms answer to legal requests, and Google writes so in Takeouts as well.
extension Samples {
  static let returns: [Member] = [
    ("meta-record", "records.html", record),
    ("meta-record", "index.html", recordOfWhatsApp),
    ("meta-record", "preservation-1.html", "<title>Business Record</title>" + recordWithoutMarks),
    ("snapchat-return", "conversations.csv", snapchatReturn),
    ("snapchat-return", "ip_data.csv", snapchatReturn),
    ("google-return", "rex.SubscriberInfo.html", googlePage),
    ("google-return", "rex.SubscriberInfo.txt", googleText),
    (
      "google-return", "Activities.csv",
      "Gaia ID,Activity Timestamp,IP Address,Is Non-routable IP Address,User Agent String,Product Name\n123456789012,2026-03-11 02:49:39 UTC,2001:db8::7,No,\"A, 1\",Gmail\n"
    ),
    ("x-return", "42-ip-audit.txt", xLogins),
    ("x-return", "42-direct-messages.txt", xMessages),
  ]

  static let googlePage = """
    <html><body><h2>GOOGLE SUBSCRIBER INFORMATION</h2><ul><li>Google Account ID: 123456789012</li><li>Name: Rex &amp; Co</li>
    <li>e-Mail: rex@example.org</li><li>Alternate e-Mails: a@example.org,<br>b@example.org</li>
    <li>Recovery SMS: +447700900123 [GB]</li><li>Terms of Service IP: 192.0.2.1</li><li>Created on: 2020-01-02 03:04:05 Z</li></ul>
    <table><tr><th>Timestamp</th><th>IP Address</th><th>Activity Type</th><th>Android ID</th></tr>
    <tr><td>2023-02-25 04:34:32 Z</td><td>2001:db8::7</td><td>Login</td><td>3a5f0c1d2e4b6a79</td></tr></table></body></html>
    """
  static let googleText = """
    GOOGLE SUBSCRIBER INFORMATION
    Google Account ID: 123456789012
    User Phone Numbers: +447700900123 [GB]
    IP ACTIVITY
    Timestamp   IP Address  Activity Type
    2023-02-25 04:34:32 Z   192.0.2.7   Login
    2023-02-25 04:34:33 Z 192.0.2.8 Logout

    """
  static let snapchatReturn = #"""
    "Target username ""rex.t"" is associated with User ID ""u-1"""
    ---------------------------
    "Legend, of
    two lines"
    ===========================
    ip,source_port_number,login_status,timestamp
    192.0.2.7,443,success,2026-04-11 04:02:00 UTC
    "198.51.100.9",,failed,Wed Aug 19 12:00:00 UTC 2021
    ---------------------------
    ===========================
    sender_username,sender_user_id,recipient_username,text,media_id,timestamp
    rex.t,u-1,zoe,"a, ""b""
    c",b~1;b~2,2026-04-11 04:02:00 UTC
    zoe,,rex.t,no,,2026-04-11 04:03:00 UTC
    ---------------------------
    ===========================
    user_id,username,email_address,email_status,creation_ip,created
    u-1,rex.t,r@example.org,unverified,192.0.2.1,2020-01-01 00:00:00 UTC
    ---------------------------
    ===========================
    date,action,old_value,new_value
    2025-01-01 00:00:00 UTC,EMAIL,o@example.org,r@example.org
    ===========================
    friend_username,status,added_timestamp
    kim,blocked,2020-01-01 00:00:00 UTC
    stray

    """#
  static let xLogins = #"""
    -----BEGIN PGP SIGNED MESSAGE-----
    Hash: SHA256

    [ { "ipAudit" : { "accountId" : "42", "createdAt" : "2023-04-02T08:00:00.000Z", "loginIp" : "192.0.2.7" } },
    { "ipAudit" : { "accountId" : "42",
    - "createdAt" : "2023-04-03T08:00:00.000Z", "loginIp" : "192.0.2.8" } } ]
    -----BEGIN PGP SIGNATURE-----

    iQEz
    -----END PGP SIGNATURE-----

    """#
  static let xMessages = #"""
    -----BEGIN PGP SIGNED MESSAGE-----

    **** conversationId: 42-77 ****
    { "messageCreate" : { "senderId" : "77", "recipientId" : "42", "id" : "1",
      "text" : "**** no {", "createdAt" : "2023-04-02T08:00:00.000Z" } }
    stray
    -----BEGIN PGP SIGNATURE-----
    -----END PGP SIGNATURE-----

    """#
  static func minified(_ fields: [(String, String)]) -> String {
    fields.map {
      "<div class=\"t o\"><div class=\"t i\">\($0.0)<div class=\"m\"><div>\($0.1)<div class=\"p\"></div></div></div></div></div>"
    }.joined()
  }
  static let record =
    "<html><title>Meta Platforms Business Record</title><body><div id=\"property-request_parameters\">"
    + minified([("Service", "Instagram"), ("Target", "17840001")])
    + "</div><div id=\"property-ip_addresses\">"
    + minified([("IP Address", ""), ("", "192.0.2.7:443")])
    + "<div id=\"page_2\" class=\"pageBreak\">Meta Platforms Business Record Page 2</div>"
    + minified([("Time", "2024-01-02 10:00:00 UTC"), ("Action", "Login")])
    + "</div><div id='property-unified_messages'>"
    + minified([
      ("Thread", "(77)"), ("Current Participants", "rex (instagram: 17840001), ann (instagram: 42)"),
      ("Author", "ann (instagram: 42)"), ("Sent", "2024-01-02 10:00:03 UTC"),
      ("Body", "a &lt; &#55357;&#56396;<br>b<!-- c -->"),
    ]) + "</body></html>"
  static let recordOfWhatsApp = """
    <html><body><div id="home"><table><tr><th>Service</th><td>WhatsApp<br /></td></tr></table>
    <table><tr><th>Account Identifier</th><td>+447700900123</td></tr></table></div><div id="property-call_logs"><table>
    <tr><th>Call</th><td><table><tr><th>Call Id</th><td>C1</td></tr><tr><th>Call Creator</th><td>447700900125</td></tr>
    <tr><th>Type</th><td>offer</td></tr><tr><th>Timestamp</th><td>2026-01-01 11:00:00 UTC</td></tr><tr><th>From</th>
    <td>447700900125</td></tr><tr><th>From Ip</th><td>2001:db8::1</td></tr></table></td></tr></table></div>
    <div id="property-address_book_info"><th>Symmetric contacts</th><td>1 Total<br />447700900124</td></div>
    <div id="property-linked_accounts"><th>Service</th><td>X</td><th>Identifier</th><td>rex</td></body></html>
    """
  static let recordWithoutMarks = """
    <body><div id="property-message_log"><div>Message Log Definition</div><div>a</div><div>Message</div>
    <div>Timestamp</div><div>2026-01-01 10:00:00 UTC</div><div>Sender</div><div>447700900123</div><div>Sender Ip</div>
    <div>WhatsApp Business Record Page 2</div><div>192.0.2.1</div><div>Sender Port</div><div>443</div></div></body></html>
    """
}
