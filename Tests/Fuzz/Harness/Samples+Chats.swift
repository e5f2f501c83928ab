/// Chats that an app or another program writes out.
extension Samples {
  static let chats: [Member] = [
    ("whatsapp-txt", "WhatsApp Chat with Sam.txt", whatsApp),
    ("whatsapp-txt", "_chat.txt", whatsAppPhone),
    ("telegram-json", "result.json", telegram),
    (
      "telegram-html", "ChatExport_1/messages.html",
      #"<html><body><div class="page_wrap"><div class="page_header"><div class="text bold">Rex</div></div><div class="history"><div class="message service" id="message-1"><div class="body details">1 May 2024</div></div><div class="message default clearfix" id="message7"><div class="body"><div class="pull_right date details" title="01.05.2024 10:00:00 UTC+01:00">10:00</div><div class="from_name">Rex via @gif</div><div class="forwarded body"><div class="from_name">Una</div><div class="text">a<blockquote>b</blockquote><a href="https://example.org/">c</a></div></div><span class="reactions"><span class="reaction"><span class="count">2</span></span></span></div></div><div class="message default clearfix joined" id="message8"><div class="body"><div class="pull_right date details" title="01.05.2024 10:00:01">10:00</div><div class="media_wrap"><div class="media media_contact"><div class="title bold">May</div><div class="status details">+44 7700 900003</div></div></div></div></div></div></div></body></html>"#
    ),
    (
      "telegram-html", "DataExport/lists/contacts.html",
      #"<html><body><div class="page_wrap"><div class="page_header"><div class="text bold">Contacts</div></div><div class="page_body list_page"><div class="entry_list"><div class="entry clearfix"><div class="userpic_wrap"><div class="initials" title="ID: 77">R</div></div><div class="body"><div class="pull_right info details">01.05.2022 10:00:00</div><div class="name bold">Rex</div><div class="details_entry details">+44 7700 900002</div></div></div></div></div></div></body></html>"#
    ),
    (
      "skype-json", "messages.json",
      #"{"userId":"8:live:una","exportDate":"2024-03-05T10:00","conversations":[{"id":"8:rex","displayName":"Rex","properties":{"conversationblocked":true},"threadProperties":{"topic":"x","members":"["8:sam"]"},"MessageList":[{"id":"1","from":"8:rex","displayName":"Rex","originalarrivaltime":"2024-03-04T11:20:34.567Z","messagetype":"RichText","content":"<quote author="una"><legacyquote>[1] </legacyquote>a</quote>b <b raw_pre="*" raw_post="*">c</b><e_m/>","conversationid":"8:rex","properties":{"emotions":"[{"users":[{"mri":"8:a"}]}]"}},{"id":"2","from":"8:rex","originalarrivaltime":"2024-03-04T11:20:34.567Z","messagetype":"Event/Call","content":"<partlist type="ended"><part identity="8:rex"><name>Rex</name><duration>8.5</duration></part></partlist>"},{"id":"3","from":"8:rex","originalarrivaltime":"2024-03-04T11:20:34Z","messagetype":"RichText/Contacts","content":"<contacts><c t="p" p="+447700900003"/></contacts>"}]}]}"#
    ),
    (
      "irc-log", "Net-#snails.log",
      "**** BEGIN LOGGING AT Mon Dec 31 21:11:55 2001\n\nDec 31 21:12:00 -->\trex (~r@192.0.2.7) has joined #snails\nDec 31 21:15:17 <@rex>\t\u{3}04,12hi\nDec 31 21:15:18 *\trex is now known as una\nJan 01 00:00:01 *\trex waves\n"
    ),
    (
      "irc-log", "net/#snails/2024-01-31.log",
      "[12:00:00] *** Joins: rex (~r@192.0.2.7)\n[12:00:01] <rex> hi\n[12:00:02] *** rex is now known as slug\n[12:00:03] -una- psst\n"
    ),
    (
      "irc-log", "irc.net.#snails.weechatlog",
      "2024-01-01 12:00:00\t-->\trex [a] (b) (~r@192.0.2.7) has joined #snails\n2024-01-01 12:00:01\t@rex\thi\n2024-01-01 12:00:02\t--\trex is now known as slug\n"
    ),
    (
      "signal-text", "Rex/chat.md",
      "[2024-05-29 15:04] Me: hi  \n[2024-05-29 15:05] Rex: \n\n> hi\n\nyes ![x](./media/x.png)  \n(- Me: x, Rex: y -)\n(( z ))\n"
    ),
    (
      "discord-html", "general [600].html",
      "<div class=preamble><div class=preamble__entry>Club</div></div><div class=chatlog__message-group><div id=chatlog__message-container-1064990824305274930 class=chatlog__message-container><span class=chatlog__author title=\"rex#1\" data-user-id=77>Rex</span><span class=chatlog__author-tag>BOT</span><span class=chatlog__markdown-preserve>a<div class=chatlog__markdown-quote>b</div><a href=https://example.org/>c</a></span><div class=chatlog__reactions><div class=chatlog__reaction><span class=chatlog__reaction-count>2</span></div></div></div></div>"
    ),
    (
      "discord-csv", "general.csv",
      "AuthorID,Author,Date,Content,Attachments,Reactions\n\"77\",\"rex#7001\",\"17-Jan-23 07:33 PM\",\"a\",\"x,y\",\"\"\n"
    ),
    (
      "discord-txt", "general.txt",
      "==============================================================\nGuild: Club\nChannel: a / b\n==============================================================\n\n[17-Jan-23 07:33 PM] rex#7001 (pinned)\nhi\n\n{Attachments}\nx\n\n==============================================================\nExported 1 message(s)\n==============================================================\n"
    ),
    (
      "discord-chat", "general.json",
      #"{"guild":{"id":"9","name":"S"},"channel":{"id":"6","type":"GuildTextChat","name":"general"},"exportedAt":"x","messages":[{"id":"530805779645595660","type":"Reply","timestamp":"2019-01-04T17:52:39.762+00:00","isPinned":false,"content":"a","author":{"id":"77","name":"rex","discriminator":"0000","nickname":"R","isBot":false},"attachments":[{"fileName":"x"}],"reactions":[{"emoji":{"name":"+"},"count":2}],"mentions":[{"id":"88","name":"u"}]},{"id":"5","type":"Call","timestamp":"2019-01-04T17:52:39Z","callEndedTimestamp":"2019-01-04T17:53:39Z","isPinned":false,"author":{"id":"66","isBot":true}}],"messageCount":5}"#
    ),
    ("sms-backup-xml", "sms-1.xml", sms),
  ]

  private static let whatsApp = """
    25/12/2024, 10:00 - Messages and calls are end-to-end encrypted. Tap to learn more.
    25/12/2024, 10:00 - +44 7700 900123: one
    and two
    25/12/2024, 10:05 - Sam: <Media omitted>
    25/12/2024, 10:06 - Sam changed their phone number to a new number. Tap to message
    25/12/2024, 10:07 - +44 7700 900123 changed to +44 7700 900124

    """

  private static let whatsAppPhone = """
    [2024-12-25, 10:00:07 PM] Sam: ‎image omitted
    ‎[25/12/2024, 22:00:09] ~ Una: hello
    [25/12/2024, 22:00:10] Sam: there

    """

  private static let telegram = #"""
    {"about":"","personal_information":{"user_id":6000000123,"first_name":"Hilda","last_name":"M",
    "phone_number":"00447700900001","username":"@hildamarsh","bio":"walks"},
    "contacts":{"about":"","list":[{"user_id":77,"first_name":"Rex","phone_number":"00447700900002",
    "date":"2022-05-01T10:00:00","date_unixtime":"1651395600"}]},
    "sessions":{"list":[{"last_active":"2022-05-01T10:00:00","last_active_unixtime":"1651395600",
    "last_ip":"192.0.2.1","application_name":"T","device_model":"P"}]},
    "chats":{"list":[{"name":"Rex","type":"personal_chat","id":77,"messages":[
    {"id":1,"type":"message","date":"2022-05-01T10:00:00","date_unixtime":"1651395600","from":"Rex",
    "from_id":"user77","text":["see ",{"type":"link","text":"https://example.org"}]},
    {"id":2,"type":"service","date":"2022-05-01T10:00:00","date_unixtime":"1651395600","actor":"Rex",
    "actor_id":"user77","action":"phone_call","duration_seconds":3,"text":""}]}]}}
    """#

  private static let sms = """
    <?xml version='1.0' encoding='UTF-8' standalone='yes' ?><!-- a -->
    <smses count="4"><sms address="+447700900123" date="1700000001000" type="1" \
    body="x &amp; y &#55357;&#56396; &#1;" contact_name="Sam" />
    <mms date="1700000009000" msg_box="1" address="+447700900124~+447700900125" sub="null"><parts>
    <part seq="0" ct="text/plain" text="first" /><part seq="1" ct="image/jpeg" text="null" data="QUJD" /></parts>
    <addrs><addr address="+447700900125" type="137" /></addrs></mms>
    <call number="-2" duration="35" date="1700000011000" type="1" presentation="2" /></smses>
    """
}
