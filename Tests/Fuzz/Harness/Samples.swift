import AccountModel
import CorpusKit

/// Small invented sources to begin from; the fuzzer finds its way from what these contain.
enum Samples {
  /// Members by the path that a download gives them, with the id of their format.
  static let members: [(format: String, path: String, text: String)] = [
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
    ("meta-json", "your_facebook_activity/messages/inbox/rex_17/message_1.json", thread),
    (
      "meta-json", "security_and_login_information/login_and_profile_creation/login_activity.json",
      #"{"account_history_login_history":[{"title":"2026-01-02T10:00:00+00:00","string_map_data":{"IP Address":{"value":"192.0.2.9"},"Port":{"value":"51234"},"Time":{"value":"","timestamp":1767348000},"User Agent":{"value":"A 1"}}},{"title":"","string_map_data":{"IP":{"value":"2001:db8::7"}}}]}"#
    ),
    (
      "meta-json", "personal_information/personal_information/personal_information.json",
      #"{"profile_user":[{"title":"","string_map_data":{"Email":{"value":"hilda@example.org"},"Username":{"value":"hilda.snail"},"Name":{"value":"Hilda \u00f0\u009f\u0090\u008c"},"Bio":{"value":"slow"}}}]}"#
    ),
    (
      "meta-json", "connections/followers_and_following/following.json",
      #"{"relationships_following":[{"title":"rex","string_list_data":[{"href":"https://www.instagram.com/_u/rex","value":"rex","timestamp":1690000000}]}]}"#
    ),
    (
      "meta-json", "personal_information/device_information/devices.json",
      #"[{"timestamp":1767348000,"media":[],"label_values":[{"label":"User agent","value":"A 1"},{"label":"Ort","dict":[{"label":"IP","value":"192.0.2.44:443"}]}],"fbid":"1"}]"#
    ),
    ("meta-html", "your_instagram_activity/messages/inbox/rex_17/message_1.html", threadPage),
    (
      "meta-html", "security_and_login_information/logins_and_logouts.html",
      #"<style>._a6-g{}</style><main role="main"><section class="_a6-g"><h2 class="_a6-h">Login</h2><div class="_a6-p"><table><tr><td class="_a6_q">Time</td><td class="_a6_r">Apr 28, 2026 3:40:15 pm</td></tr><tr><td colspan="2" class="_a6_q">IP address<div>192.0.2.9</div></td></tr></table></div></section></main></html>"#
    ),
    (
      "meta-html", "connections/followers_and_following/followers_1.html",
      #"<style>._a6-g{}</style><main role="main"><div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder"><div class="_a6-p"><div><div><a href="https://www.instagram.com/una_x">una_x</a></div><div>abr 29, 2018 5:58 da tarde/noite</div></div></div></div></main></html>"#
    ),
    (
      "meta-html", "profile_information/profile_information.html",
      #"<style>._2lej{}</style><div role="main"><div class="pam uiBoxWhite noborder"><table class="_4nkx"><tr><th>Name</th><td>Zoe<br /></td></tr><tr><th>Email addresses</th><td><ul><li>zoe&#064;example.org</li><li>a&#064;example.net(Pending)</li></ul></td></tr><tr><th>Birthday</th><td>12 Apr 1996</td></tr></table></div></div><div class="_4t5o"><div>Generated by Zoe on Thursday, 27 June 2019 at 12:55 UTC+07:00</div></div></html>"#
    ),
    (
      "meta-html", "posts/your_posts_1.html",
      #"<style>._2lej{}</style><div role="main"><div class="pam _3-95 _2pi0 _2lej uiBoxWhite noborder"><div class="_2lek _2lel">Zoe updated her status.</div><div class="_2let"><div><div class="_2pin"><div>a day out</div></div></div></div><div class="_2lem"><a href="https://www.facebook.com/dyi/l/?l=x">26 Dec 2009, 19:52</a></div></div></div></html>"#
    ),
    (
      "x-archive", "data/account.js",
      #"window.YTD.account.part0 = [ { "account" : { "email" : "rex@example.org", "username" : "rex", "accountId" : "154", "createdAt" : "2022-06-28T16:07:40.105Z", "accountDisplayName" : "Rex \uD83E\uDD96" } } ];"#
    ),
    (
      "x-archive", "data/direct-messages.js",
      #"window.YTD.direct_messages.part0 = [ { "dmConversation" : { "conversationId" : "77-154", "messages" : [ { "messageCreate" : { "recipientId" : "77", "urls" : [ { "expanded" : "https://example.org/y" } ], "text" : "look &amp; see", "senderId" : "154", "id" : "100", "createdAt" : "2023-04-02T08:04:52.123Z" } } ] } } ]"#
    ),
    (
      "x-archive", "data/tweets.js",
      #"window.YTD.tweets.part0 = [ { "tweet" : { "id_str" : "9", "full_text" : "hello @una", "created_at" : "Sun Apr 02 08:04:52 +0000 2023" } } ]"#
    ),
    (
      "x-archive", "data/ip-audit.js",
      #"window.YTD.ip_audit.part0 = [ { "ipAudit" : { "accountId" : "154", "createdAt" : "2023-04-02T08:00:00.000Z", "loginIp" : "192.0.2.7" } } ]"#
    ),
    ("tiktok-json", "user_data_tiktok.json", tikTok),
    ("snapchat-json", "json/account.json", snapchatAccount),
    ("snapchat-json", "json/account_history.json", snapchatHistory),
    ("snapchat-json", "json/chat_history.json", snapchatChats),
    (
      "snapchat-json", "json/snap_history.json",
      #"{"Received Snap History":[{"From":"rex-t","Media Type":"IMAGE","Created":"2026-03-04 10:00:00 UTC"}],"Sent Saved Chat History":[{"To":"kim","Media Type":"TEXT","Created":"2026-03-04 11:00:00 UTC","Text":"a &amp; b"}]}"#
    ),
    (
      "snapchat-json", "json/friends.json",
      #"{"Friends":[{"Username":"kim","Display Name":"Kim","Creation Timestamp":"2020-01-01 00:00:00 UTC","Source":"phone"}],"Blocked Users":[{"Username":"rex-t"}],"Outgoing Calls":[{"Date & Time":"2026-03-05 10:00:00 UTC","Type":"VIDEO","Length (sec)":"312"}]}"#
    ),
    ("meta-record", "records.html", record),
    ("meta-record", "index.html", recordOfWhatsApp),
    ("meta-record", "preservation-1.html", "<title>Business Record</title>" + recordWithoutMarks),
    (
      "mastodon-archive", "outbox.json",
      #"{"@context":"https://www.w3.org/ns/activitystreams","id":"outbox.json","type":"OrderedCollection","orderedItems":[{"type":"Create","actor":"https://s.example/users/rex","object":{"id":"https://s.example/users/rex/statuses/109744721228760114","type":"Note","published":"2023-01-24T14:45:51Z","to":["https://o.example/users/ann"],"content":"<p>a<br>b <a href=\"https://example.org\">c</a></p>","tag":[{"type":"Mention","href":"https://o.example/users/ann","name":"@ann@o.example"}]}}]}"#
    ),
    (
      "mastodon-archive", "actor.json",
      #"{"@context":"https://www.w3.org/ns/activitystreams","id":"https://s.example/users/rex","type":"Person","inbox":"x","outbox":"outbox.json","preferredUsername":"rex","name":"Rex","published":"2022-11-05T00:00:00Z","movedTo":"https://n.example/users/rex","alsoKnownAs":["https://a.example/users/rex"],"attachment":[{"type":"PropertyValue","name":"w","value":"<a href='https://example.org'>x</a>"}]}"#
    ),
    ("mastodon-archive", "muted_accounts.csv", "Account address,Hide notifications\nann@o.example,true\n"),
    ("mastodon-archive", "blocked_accounts.csv", "ann@o.example\nbob@o.example\n"),
    ("snapchat-return", "conversations.csv", snapchatReturn),
    ("snapchat-return", "ip_data.csv", snapchatReturn),
    ("google-return", "rex.SubscriberInfo.html", googlePage),
    ("google-return", "rex.SubscriberInfo.txt", googleText),
    (
      "google-return", "Activities.csv",
      "Gaia ID,Activity Timestamp,IP Address,Is Non-routable IP Address,User Agent String,Product Name\n123456789012,2026-03-11 02:49:39 UTC,2001:db8::7,No,\"A, 1\",Gmail\n"
    ),
    ("google-takeout", "Takeout/Google Account/rex.SubscriberInfo.html", googlePage),
    (
      "google-takeout", "Takeout/Google Chat/Groups/DM 1/messages.json",
      #"{"messages":[{"creator":{"name":"Una","email":"una@example.org","user_type":"Human"},"created_date":"Wednesday, January 4, 2023 at 10:59:50\u202fPM UTC","text":"stop","attached_files":[{"original_name":"a.png"}],"reactions":[{"emoji":{"unicode":"x"},"reactor_emails":["a@example.org"]}]}]}"#
    ),
    (
      "google-takeout", "Takeout/Google Chat/Users/User 1/user_info.json",
      #"{"user":{"name":"Rex","email":"rex@example.org"},"membership_info":[]}"#
    ),
    (
      "google-takeout", "Takeout/Access Log Activity/Devices.csv",
      "Gaia ID,Device Type,Device Last Activity Timestamp\n123456789012,MOBILE,2026-03-11 02:49:39 UTC\n"
    ),
    ("x-return", "42-ip-audit.txt", xLogins),
    ("x-return", "42-direct-messages.txt", xMessages),
    (
      "discord-package", "Account/user.json",
      #"{"id":"175928847299117063","username":"Hilda","discriminator":"42","avatar_hash":null,"email":"h@example.org","phone":"+447700900101","connections":[{"type":"twitter","id":"15","name":"rex","verified":false},{"type":"domain","id":"a.example","name":"a.example"}],"relationships":[{"id":"77","type":2,"nickname":"R","user":{"id":"77","username":"rex","discriminator":"0"}}],"sessions":[{"approx_last_used_time":"2026-01-05T12:00:00Z","client_info":{"os":"W","ip":"192.0.2.2"}}]}"#
    ),
    (
      "discord-package", "Messages/c530805779645595661/messages.json",
      #"[{"ID":530805779645595660,"Timestamp":"2019-01-04 17:52:39","Contents":"a <@7>","Attachments":""},{"ID":"459136077417021488","Timestamp":"2018-05-20T10:00:00.123000+00:00","Contents":"","Attachments":"https://example.org/a.png"}]"#
    ),
    (
      "discord-package", "Messages/c530805779645595661/messages.csv",
      "ID,Timestamp,Contents,Attachments\r\n530805779645595660,2019-01-04 17:52:39.762000+00:00,\"a, \"\"b\"\"\r\nc\",\r\n"
    ),
    (
      "discord-package", "Messages/c530805779645595661/channel.json",
      #"{"id":"530805779645595661","type":"DM","recipients":["77","88"],"guild":{"id":"9","name":"S"}}"#
    ),
    (
      "discord-package", "Messages/index.json",
      #"{"530805779645595661":"Direct Message with rex#0","6":null}"#
    ),
    (
      "discord-package", "Activity/analytics/events-1.json",
      #"{"event_type":"app_opened","event_id":"a","user_id":"77","ip":"192.0.2.7","os":"iOS","device_vendor_id":"6D92","browser_user_agent":"D/1","timestamp":"\"2023-05-01T10:00:00.123Z\""}"#
        + "\n" + #"{"event_type":"b","event_id":"b","ip":"192.0.2.7","client_send_timestamp":"x"}"# + "\n"
    ),
    (
      "discord-chat", "general.json",
      #"{"guild":{"id":"9","name":"S"},"channel":{"id":"6","type":"GuildTextChat","name":"general"},"exportedAt":"x","messages":[{"id":"530805779645595660","type":"Reply","timestamp":"2019-01-04T17:52:39.762+00:00","isPinned":false,"content":"a","author":{"id":"77","name":"rex","discriminator":"0000","nickname":"R","isBot":false},"attachments":[{"fileName":"x"}],"reactions":[{"emoji":{"name":"+"},"count":2}],"mentions":[{"id":"88","name":"u"}]},{"id":"5","type":"Call","timestamp":"2019-01-04T17:52:39Z","callEndedTimestamp":"2019-01-04T17:53:39Z","isPinned":false,"author":{"id":"66","isBot":true}}],"messageCount":5}"#
    ),
    (
      "reddit-csv", "comments.csv",
      "id,permalink,date,ip,subreddit,gildings,link,parent,body,media\r\nc1,x,2024-03-01 10:00:00 UTC,192.0.2.5,s,0,y,,\"a \"\"b\"\"\r\nc\",\r\nc2,x,2024-03-02 10:00:00 UTC,,s,0,y,t,[deleted],\r\n"
    ),
    (
      "reddit-csv", "posts.csv",
      "id,permalink,date,ip,subreddit,gildings,title,url,body\np1,x,2024-04-01 10:00:00 UTC,2001:db8::5,s,0,A,https://example.org/p,b\n"
    ),
    (
      "reddit-csv", "messages.csv",
      "id,permalink,thread_id,date,ip,from,to,subject,body\nm1,x,t,2024-05-01 10:00:00 UTC,192.0.2.6,h,rex,s,b\nm2,x,t,2024-05-01 10:00:00 UTC,,r/a,h,s,b\n"
    ),
    (
      "reddit-csv", "chat_history.csv",
      "message_id,created_at,username,message,channel_url,channel_name,conversation_type\n1,2024-06-01 10:00:00 UTC,h,\"a, b\",u,rex,direct\n"
    ),
    ("reddit-csv", "ip_logs.csv", "date,ip\nregistration ip,192.0.2.1\n2024-03-01 10:00:00 UTC,192.0.2.5\n"),
    (
      "reddit-csv", "statistics.csv",
      "statistic,value\naccount name,h\nregistration date,2020-02-01 10:00:00 UTC\nemail,h@example.org\n"
    ),
    ("reddit-csv", "linked_identities.csv", "issuer_id,subject_id\nhttps://accounts.google.com,100\n"),
    (
      "slack-export", "users.json",
      #"[{"id":"U1","team_id":"T1","name":"hilda","tz":"Europe\/London","profile":{"real_name":"Hilda M","display_name":"hil","email":"h@example.org","phone":"+447700900101"}},{"id":"B1","is_bot":true,"profile":{}}]"#
    ),
    (
      "slack-export", "general/2016-03-25.json",
      #"[{"type":"message","user":"U1","text":"see <https:\/\/example.org|this> <@U2|rex> &amp; <!here>","ts":"1452988821.000002","reactions":[{"name":"+1","count":2}]},{"type":"message","subtype":"bot_message","bot_id":"B1","username":"ci","text":"<x","ts":"1452988822.1","attachments":[{"fallback":"f"}]},{"type":"message","subtype":"channel_join","user":"U1","text":"","ts":"1"}]"#
    ),
    ("sms-backup-xml", "sms-1.xml", sms),
    (
      "stack-exchange", "english.stackexchange.com/Users.xml",
      #"<users><row Id="-1" Reputation="1" AccountId="-1" /><row Id="12" Reputation="1" CreationDate="2010-08-05T20:00:00.123" DisplayName="Rex" WebsiteUrl="https://example.org/" AboutMe="&lt;p&gt;a &lt;a href=&quot;https://example.com/&quot;&gt;b&lt;/a&gt;&lt;/p&gt;" EmailHash="0" Age="3" AccountId="555" /></users>"#
    ),
    (
      "stack-exchange", "english.stackexchange.com/Posts.xml",
      #"<posts><row Id="1" PostTypeId="1" CreationDate="2010-08-05T21:00:00.000" Body="a&lt;blockquote&gt;b&lt;br&gt;c&lt;/blockquote&gt;&lt;pre&gt;&lt;code&gt;d&lt;/code&gt;&lt;/pre&gt;&amp;lt;" OwnerUserId="12" LastEditorUserId="13" Title="t" /><row Id="2" PostTypeId="2" CreationDate="2010-08-05T21:00:00.000" Body="x" OwnerDisplayName="Una" CommunityOwnedDate="2010-08-05T21:00:00.000" /></posts>"#
    ),
    (
      "stack-exchange", "english.stackexchange.com/PostHistory.xml",
      "<posthistory><row Id=\"1\" PostHistoryTypeId=\"2\" PostId=\"1\" CreationDate=\"2010-08-05T21:00:00.000\" UserId=\"12\" Text=\"a&#xA;&#xA;    b&#xA;&gt; c&#xA;&gt;! d&#xA;```&#xA;e&#xA;```&#xA;&lt;pre&gt;f\" /><row Id=\"2\" PostHistoryTypeId=\"5\" PostId=\"1\" CreationDate=\"2010-08-05T21:00:00.000\" UserId=\"12\" Comment=\"added 3 characters in body; why\" /></posthistory>"
    ),
    (
      "stack-exchange", "english.stackexchange.com/Comments.xml",
      #"<comments><row Id="1" PostId="1" Text="a" CreationDate="2010-08-05T21:00:00.000" UserDisplayName="user7" /></comments>"#
    ),
    ("stack-exchange", "english.stackexchange.com/Tags.xml", #"<tags><row Id="1" TagName="a" /></tags>"#),
    (
      "mediawiki", "wiki.xml",
      #"<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/"><siteinfo><dbname>w</dbname><base>https://example.org/de/wiki/A</base><namespaces><namespace key="3">User talk</namespace></namespaces></siteinfo><page><title>User talk:Una/a</title><ns>3</ns><revision><timestamp>2024-03-01T10:00:00Z</timestamp><contributor><username>Rex</username><id>12</id></contributor><comment>/* a */ moved [[A]] to [[B]]: b</comment><text>c</text></revision><revision><timestamp>2024-03-01T10:00:00Z</timestamp><contributor><ip>192.0.2.7</ip></contributor><comment>Undid revision 1 by [[Special:Contributions/A|A]] ([[User talk:A|talk]]) d</comment></revision><revision><timestamp>2024-03-01T10:00:00Z</timestamp><contributor deleted="deleted" /></revision></page></mediawiki>"#
    ),
    ("cellebrite-xml", "report.xml", cellebrite),
    ("case-uco", "case.jsonld", caseUCO),
    ("email-mbox", "inbox.mbox", "From a@example.org Mon Jan  5 10:00:00 2026\n" + mail + "\n"),
    ("email-eml", "a.eml", mail),
    ("accounts-ndjson", "accounts.ndjson", lines),
    ("table", "logins.csv", table),
    ("workbook", "sheet1.xml", sheet),
  ]

  /// A workbook around the part of its only sheet.
  static func workbook(sheet: [UInt8]) throws -> [UInt8] {
    let parts = [
      (
        "[Content_Types].xml",
        "<Types><Override ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>"
      ),
      (
        "_rels/.rels",
        "<Relationships><Relationship Type=\"/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
      ),
      ("xl/workbook.xml", "<workbook><sheets><sheet name=\"A\" id=\"1\"/></sheets></workbook>"),
      (
        "xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id=\"1\" Type=\"/worksheet\" Target=\"sheet1.xml\"/><Relationship Id=\"2\" Type=\"/sharedStrings\" Target=\"texts.xml\"/><Relationship Id=\"3\" Type=\"/styles\" Target=\"styles.xml\"/></Relationships>"
      ),
      (
        "xl/texts.xml",
        "<sst><si><t>Member ID</t></si><si><t>Date</t></si><si><r><t>I</t></r><r><t>P</t></r></si><si><t>Port</t></si></sst>"
      ),
      (
        "xl/styles.xml",
        "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"[h]:mm\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>"
      ),
    ].map { (name: $0.0, bytes: Array($0.1.utf8)) }
    return try zipFile(parts + [(name: "xl/sheet1.xml", bytes: sheet)])
  }

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
  private static let threadPage =
    #"<style>.uiBoxWhite{}</style><main role="main"><div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder"><h2 class="_3-95 _2pim _a6-h _a6-i">Participants: Rex, Una and Hilda</h2></div><div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder"><h2 class="_a6-h">Rex</h2><div class="_3-95 _a6-p"><div><div></div><div>Caf&#233;<br />\n</div><div><div>not his</div><a href="https://example.org/p">https://example.org/p</a></div><div></div><div><ul class="_a6-q"><li><span>x<span> (Nov 14, 2023 2:14 pm)</span></span></li></ul></div></div></div><div class="_3-94 _a6-o">Nov 14, 2023 2:13 pm</div></div><div class="pam _a6-g uiBoxWhite"><div class="_a6-h">Una</div><div class="_a6-p"><div><div></div><div></div><div><video src="b.mp4"><a href="b.mp4"><div>Click</div></a></video></div></div></div><div class="_a6-o">4 дек 2022 г., 14:05</div></div></main></html>"#

  private static let thread = #"""
    {"participants":[{"name":"Rex"},{"name":"Hilda"}],"messages":[
    {"sender_name":"Rex","timestamp_ms":1700000000000,"content":"Caf\u00c3\u00a9"},
    {"sender_name":"Hilda","timestamp_ms":1700000001000,"photos":[{"uri":"a.jpg"}]},
    {"sender_name":"Rex","timestamp_ms":1700000004000,"content":"call","call_duration":61}],
    "title":"Rex","thread_path":"inbox/rex_17"}
    """#
  private static let tikTok = #"""
    {"Comment":{"Comments":{"CommentsList":[{"date":"2026-03-01 10:00:00","comment":"nice","photo":"N/A",
    "original post link":"https://www.tiktokv.com/share/video/74/"}]}},
    "Direct Message":{"Direct Messages":{"ChatHistory":{"Chat History with rex:":[
    {"Date":"2026-03-02 10:00:00","From":"rex","Content":"hi"},{"Date":"2026-03-02T10:01:00Z","From":"zoe","Content":"no"}],
    "Chat History with kim:":{"Messages":[{"Date":"2026-03-02 11:00:00","From":"zoe","Content":"x"}]}}},
    "Group Chat":{"GroupChat":{"W":[{"Date":"2026-03-04 10:00:00","From":"kim","Content":"all"}]}}},
    "Post":{"Posts":{"VideoList":[{"Date":"2026-03-05 10:00:00","Link":"l","Title":"t"}]}},
    "Profile And Settings":{"Autofill":{"PhoneNumber":"+447700900125","FirstName":"Zoe"},
    "Block List":{"BlockList":[{"Date":"2026-02-01 09:00:00","UserName":"rex"}]},"Follower":{"FansList":null},
    "Profile Info":{"ProfileMap":{"userName":"zoe","emailAddress":"z@example.org","telephoneNumber":"+44***1",
    "birthDate":"12-Apr-1996","PlatformInfo":[{"Platform":"Google","Name":"Z"}]}}},
    "Your Activity":{"Login History":{"LoginHistoryList":[{"Date":"2026-03-01 08:00:00","IP":"192.0.2.7","Carrier":"EE"}]},
    "Status":{"Status List":[{"IDFA":"0-0","GAID":"38400000-8cf0-11bd-b23e-10b96e40000d"}]}}}
    """#
  private static let snapchatAccount = #"""
    {"Basic Information":{"Username":"zoe","Name":"Z","Creation Date":"2019-05-04 10:00:00 UTC","Registration IP":"192.0.2.1"},
    "Device Information":{"Make":"Google","User Agent":"Snapchat/12.1 (Pixel 8)"},
    "Device History":[{"Make":"Apple","Start Time":"2021-01-01 00:00:00 UTC"}],
    "Login History":[{"IP":"192.0.2.7","Created":"2026-03-01 08:00:00 UTC","Status":"success","Device":"Snapchat/1 (A)"},
    {"IP":"192.0.2.8","Created":"2026-03-02 08:00:00 UTC","Status":"failure"}]}
    """#
  private static let snapchatHistory = #"""
    {"Display Name Change":[{"Date":"2020-01-01 00:00:00 UTC","Display Name":"Zo"}],
    "Mobile Number Change":[{"Date":"2022-01-01 00:00:00 UTC","Old Number":"+447700900001"}],
    "Download My Data Reports":[{"Date":"2026-03-03 00:00:00 UTC","Status":"P","Email Address":"z@example.org"}]}
    """#
  private static let snapchatChats = #"""
    {"rex-t":[{"From":"rex-t","Media Type":"TEXT","Created":"2026-03-01 10:00:00 UTC","Content":"hi","IsSender":false},
    {"From":"zoe","Media Type":"MEDIA","Created":"","IsSender":true,"Created(microseconds)":1772359260123,"Media IDs":"b"},
    {"From":"rex-t","Media Type":"STATUSERASEDMESSAGE","Created":"2026-03-01 10:03:00 UTC"}],
    "6f0d":[{"From":"kim","Media Type":"TEXT","Created":"2026-03-02 10:00:00","Content":"all","Conversation Title":"W"}]}
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
  private static let caseUCO = """
    {"@context":{"kb":"http://example.org/kb/","c":"https://ontology.unifiedcyberontology.org/uco/core/",
    "o":"https://ontology.unifiedcyberontology.org/uco/observable/","co":"http://purl.org/co/"},"@graph":[
    {"@id":"kb:w","c:hasFacet":[{"@type":"o:ApplicationFacet","o:applicationIdentifier":"com.whatsapp"}]},
    {"@id":"kb:a","c:hasFacet":[{"@type":"o:AccountFacet","o:accountIdentifier":"447700900001@s.whatsapp.net"},
    {"@type":"o:ApplicationAccountFacet","o:application":{"@id":"kb:w"}}]},
    {"@id":"kb:b","c:hasFacet":{"@id":"_:p"}},{"@id":"_:p","@type":["o:PhoneAccountFacet"],"o:phoneNumber":
    {"@type":"x:s","@value":"+447700900002/+447700900002"},"o:displayName":"Sam"},
    {"@id":"kb:t","c:hasFacet":[{"@type":"o:MessageThreadFacet","o:participant":[{"@id":"kb:a"},{"@id":"kb:b"}],
    "o:messageThread":{"co:element":[{"@id":"kb:m"}]}}]},
    {"@id":"kb:m","c:hasFacet":[{"@type":"o:MessageFacet","o:messageText":"x","o:from":{"@id":"kb:a"},
    "o:to":[{"@id":"kb:b"}],"o:sentTime":"2026-01-05T10:11:00Z","o:allocationStatus":"Deleted"}]},
    {"@id":"kb:c","c:hasFacet":[{"@type":"o:CallFacet","o:callType":"missed","o:from":{"@id":"kb:b"},"o:duration":"3"}]},
    {"@id":"kb:k","c:hasFacet":[{"@type":"o:ContactFacet","o:displayName":"Una","o:contactPhone":{
    "o:contactPhoneNumber":"+447700900003"}}]},
    {"@id":"kb:d","c:hasFacet":[{"@type":"o:MobileDeviceFacet","o:IMEI":"490154203237518"},
    {"@type":"o:WifiAddressFacet","o:addressValue":"02:00:5E:10:00:01"}]},
    {"@type":"c:Relationship","c:source":{"@id":"kb:a"},"c:target":{"@id":"kb:i"},"c:kindOfRelationship":"Has_Address"},
    {"@id":"kb:i","c:hasFacet":[{"@type":"o:IPv4AddressFacet","o:addressValue":"192.0.2.7"}]}]}
    """
  private static let cellebrite = """
    <?xml version="1.0" encoding="utf-8"?><project xmlns="http://pa.cellebrite.com/report/2.0">
    <metadata section="Device Info"><item name="IMEI" sourceExtraction="0"><![CDATA[490154203237518]]></item></metadata>
    <decodedData><modelType type="Chat"><model type="Chat" id="1" deleted_state="Intact" extractionId="0">
    <field name="Source"><value><![CDATA[WhatsApp]]></value></field><field name="Id"><value>1</value></field>
    <multiModelField name="Participants"><model type="Party"><field name="Identifier"><value>447700900123@s.whatsapp.net
    </value></field><field name="Name"><value>Sam</value></field></model></multiModelField>
    <multiModelField name="Messages"><model type="InstantMessage" id="2" isrelated="True" deleted_state="Deleted">
    <field name="Body"><value><![CDATA[a > b ]] & c]]></value></field><field name="TimeStamp"><value>    2021-05-21T02:38:43+00:00</value></field><modelField name="From"><model type="Party"><field name="Identifier">
    <value>447700900123@s.whatsapp.net</value></field></model></modelField>
    <multiModelField name="SharedContacts"><model type="Contact"><field name="Name"><value>Una</value></field>
    <multiModelField name="Entries"><model type="PhoneNumber"><field name="Value"><value>+447700900124</value></field>
    </model></multiModelField></model></multiModelField></model></multiModelField></model></modelType>
    <modelType type="Call"><model type="Call"><field name="Type"><value>Outgoing</value></field>
    <field name="TimeStamp"><value>21/05/2021 05:38:43(UTC+3)</value></field><multiModelField name="Parties">
    <model type="Party"><field name="Identifier"><value>+447700900123</value></field><field name="Role"><value>To</value>
    </field></model></multiModelField></model></modelType><modelType type="UserAccount"><model type="UserAccount">
    <field name="ServiceType"><value>Telegram</value></field><field name="Username"><value>700000001</value></field>
    </model><model type="Location"><field name="Name"><empty /></field></model></modelType></decodedData></project>
    """
  private static let mail = """
    Received: from mail.example.org (mail.example.org [192.0.2.1]) by mx.example.net with ESMTPS id 1;
     Mon, 5 Jan 2026 10:00:00 +0000 (GMT)
    From: =?utf-8?q?Zo=C3=AB?= <zoe@example.org>
    To: "B, C" <b@example.net>, grp: d@example.net;
    Date: Mon, 5 Jan 2026 10:00:00 +0100
    Message-ID: <1@example.org>
    X-Originating-IP: [192.0.2.7]
    MIME-Version: 1.0
    Content-Type: multipart/alternative; boundary="b"

    --b
    Content-Type: text/plain; charset=iso-8859-1
    Content-Transfer-Encoding: quoted-printable

    caf=E9
    --b
    Content-Type: text/html

    <p>caf&eacute;
    --b--

    """
  private static let lines = #"""
    {"id":"a1","platform":"x","handle":"one_handle","name":"One","emails":["g@example.org"],"phones":["+447700900123"],"ips":[{"ip":"192.0.2.1:443","time":"2026-01-01T10:00:00Z"}],"posts":[{"text":"hi","time":"2026-01-01T10:00:00Z"}]}
    {"id":"a2","platform":"telegram","handle":"two","bio":"me @one_handle"}

    """#
  private static let sheet = """
    <worksheet><cols><col min="1" max="2" hidden="1"/></cols><sheetData>
    <row r="1"><c r="A1" t="inlineStr"><is><t>Sign-ins</t></is></c></row>
    <row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" t="s"><v>1</v></c><c t="s"><v>2</v></c><c t="s"><v>3</v></c></row>
    <row r="4" hidden="1"><c r="A4"><v>4.47E+11</v></c><c r="B4" s="1"><v>45335.37</v></c><c r="C4" t="str"><f>A1</f><v>192.0.2.1</v></c></row>
    <row><c><v>12345678901234567</v></c><c t="inlineStr"><is><r><t>25/12/2025 10:00:00</t></r><rPh><t>x</t></rPh></is></c><c t="e"><v>#N/A</v></c><c t="b"><v>1</v></c></row>
    <row><c><v>7</v></c><c t="d"><v>2025-12-25T10:00:00</v></c><c t="inlineStr"><is><t>_x0041_</t></is></c><c s="2"><v>1.5</v></c></row>
    </sheetData><mergeCells><mergeCell ref="A4:A5"/></mergeCells></worksheet>
    """
  private static let table = """
    Member ID,Date,IP,Port,E-mail
    7,25/12/2025 10:00:00,192.0.2.1,443,a@example.org
    "8","26/12/2025 10:00:00","2001:db8::1",,"b ""c"" d"

    """

  /// Posts of several habits, with what is left out of a text.
  static let posts = [
    "I thought about calling you on Sunday, but the line was bad again; so here's a letter (a long one!) instead.\n",
    "ok so i was thinking... maybe we shud just go on friday?? idk its up to u lol :( my phone is dead sooo ill be late\n",
    "On Monday Ann wrote:\n> Did you see https://example.org/x?\nYes @ann, 10:30 \u{2019}til 5% \u{1F602}\u{1F602} \u{1F44D}\u{1F3FD} na\u{EF}ve e\u{301}\n-- \nSent from my phone",
    "\u{5E9}\u{5DC}\u{5D5}\u{5DD} \u{65E5}\u{672C} \u{41F}\u{440}\u{438}\u{432}\u{435}\u{442} <ann> hi ''em rock'n'roll \u{E000}\u{200D}\u{10FFFF} McDonald snake_case AAAh",
  ]

  /// Texts of JSON.
  static let json = [
    #"{"a":[1,2.5,"x\u00e9"],"b":{"c":null,"d":[true,false]}}"#, #"[{"a":1,"b":[{},[]]},{"a":"y"}]"#,
    #"[[1],[2,[3]],"\ud83d\ude00"]"#, #"{"a":{"b":{"c":[-0,1e999,18446744073709551616]}}}"#,
    #"[NaN,"\ud800",1,]"#, #" "text" "#, "12", #"{"a\u0062":1,"a":2,"a":3};"#,
  ]

  /// Identifiers of each kind.
  static let identifiers: [(IdentifierKind, [String])] = [
    (.email, ["Hilda.Marsh+x@googlemail.com", "a@b", "\"a b\"@example.org", "<zoë@exämple.org>"]),
    (.phone, ["07700 900123", "+44 (0)20 7946 0123", "447700900123@s.whatsapp.net", "1555@lid", "7.7E+9"]),
    (.handle, ["@h1ld4_99", "https://x.com/rex", "Name#1234", "u/spez", "a.b@c.social"]),
    (.platformID, ["1541815603606036480", "t2_abc", "did:plc:abcdefgh", "user77", "0042"]),
    (.displayName, ["Zoë Marsh", "раураl", "H\u{200B}ilda"]),
    (.personName, ["MARSH, Hilda", "Dr. J. O'Neil"]),
    (.dateOfBirth, ["1990-12-31", "31/12/1990", "31 Dec 90"]),
    (.postalAddress, ["1 High St, London SW1A 1AA"]),
    (.url, ["HTTPS://Example.org:443/a/../b?utm_source=x#y"]),
    (.profileLink, ["https://www.facebook.com/profile.php?id=4", "t.me/rex", "instagram.com/_u/rex/"]),
    (.ip, ["192.0.2.1:443", "[2001:db8::1]:80", "::ffff:192.0.2.1", "0300.1"]),
    (.device, ["49-015420-323751-8", "AA:BB:CC:DD:EE:FF", "6D92078A-8246-4BA4-AE5B-76104861E7DC"]),
    (.cookie, ["datr=abc; path=/", "****abc"]), (.userAgent, ["Mozilla/5.0 (Linux; Android 14)"]),
  ]
}
