/// What others collected: dumps of communities, reports on telephones, mailboxes.
extension Samples {
  static let collections: [Member] = [
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
      "reddit-dump", "RC_2023-11",
      #"{"author":"rex","author_fullname":"t2_a","body":"&gt; a\n\nb","created_utc":1700000000,"edited":1700000001,"id":"k1","link_id":"t3_a","subreddit":"s","subreddit_id":"t5_a","_meta":{"was_deleted_later":true}}"#
        + "\n"
        + #"{"author":"Rex","title":"a","selftext":"[removed]","url":"https://example.org/","created_utc":"1700000000","id":"k1","subreddit":"s","subreddit_id":"t5_a"}"#
        + "\n"
    ),
    (
      "reddit-dump", "a.json",
      #"{"data":[{"author":"[deleted]","body":"a","created_utc":1700000000.5,"id":"k2","link_id":"t3_a","subreddit":"s"}],"error":null}"#
    ),
    (
      "mediawiki", "wiki.xml",
      #"<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/"><siteinfo><dbname>w</dbname><base>https://example.org/de/wiki/A</base><namespaces><namespace key="3">User talk</namespace></namespaces></siteinfo><page><title>User talk:Una/a</title><ns>3</ns><revision><timestamp>2024-03-01T10:00:00Z</timestamp><contributor><username>Rex</username><id>12</id></contributor><comment>/* a */ moved [[A]] to [[B]]: b</comment><text>c</text></revision><revision><timestamp>2024-03-01T10:00:00Z</timestamp><contributor><ip>192.0.2.7</ip></contributor><comment>Undid revision 1 by [[Special:Contributions/A|A]] ([[User talk:A|talk]]) d</comment></revision><revision><timestamp>2024-03-01T10:00:00Z</timestamp><contributor deleted="deleted" /></revision></page></mediawiki>"#
    ),
    ("cellebrite-xml", "report.xml", cellebrite),
    ("case-uco", "case.jsonld", caseUCO),
    ("email-mbox", "inbox.mbox", "From a@example.org Mon Jan  5 10:00:00 2026\n" + mail + "\n"),
    ("email-eml", "a.eml", mail),
  ]

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
}
