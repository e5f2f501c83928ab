import Foundation
import PlatformExports
import TestSupport
import Testing

/// An invented download of a member of LinkedIn's, as files of their names.
enum LinkedInSamples {
  static let notes =
    "Notes:\n\"When exporting your connection data, you may notice that some of the email addresses are missing. See "
    + "https://www.linkedin.com/help/linkedin/answer/261\"\n\n"
  static let columns =
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER"
  static let connections =
    notes + "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    + "Rex,\"Marsh, PhD\",https://www.linkedin.com/in/Rex-Marsh,rex@example.org,\"Snails, Ltd\",Keeper,05 Jan 2023\n"
    + "Zoë,Brand,https://www.linkedin.com/in/zo%C3%AB-brand/?trk=x,,,,14 Nov 2019\n"
    + ",,,,,,07 Jun 2022\n"
    + "Una,Pike,https://www.linkedin.com/in/una-pike,,Leaf,,8 Feb 2024"
  static let invitations =
    "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
    + "Hilda Moss,Rex Marsh,\"1/5/24, 10:00 AM\",,OUTGOING,https://www.linkedin.com/in/hilda-moss,https://www.linkedin.com/in/rex-marsh\n"
    + "Kit Fen,Hilda Moss,\"11/16/21, 9:40\u{202F}PM\",\"I know, where you work\",INCOMING,https://www.linkedin.com/in/kit-fen,https://www.linkedin.com/in/hilda-moss\n"
    + "Kit Fen,Hilda Moss,\"11/17/21, 9:40 PM\",,SIDEWAYS,https://www.linkedin.com/in/kit-fen,https://www.linkedin.com/in/hilda-moss\n"
  static let messages =
    columns + ",ATTACHMENTS,IS MESSAGE DRAFT\n"
    + "2-a,,\"Marsh, Rex PhD\",https://www.linkedin.com/in/rex-marsh,Hilda Moss,https://www.linkedin.com/in/hilda-moss,2023-01-05 10:00:00 UTC,,\"Hi \"\"H\"\",\nfree?\",INBOX,https://www.linkedin.com/dms/1,No\n"
    + "2-a,,Hilda Moss,https://www.linkedin.com/in/hilda-moss,Rex,https://www.linkedin.com/in/REX-MARSH/,2023-01-05 10:05:00 UTC,,no,ARCHIVE,,No\n"
    + "2-a,,Hilda Moss,https://www.linkedin.com/in/hilda-moss,Rex,https://www.linkedin.com/in/rex-marsh,2023-01-06 10:05:00 UTC,,never sent,INBOX,,Yes\n"
    + "2-b,Guild,Zoë Brand,https://www.linkedin.com/in/zoë-brand,\"Hilda Moss, Una Pike, B.Sc.\",\"https://www.linkedin.com/in/hilda-moss,https://www.linkedin.com/in/una-pike\",2023-02-01 08:00:00 UTC,,all well,INBOX,,No\n"
    + "2-b,Guild,LinkedIn Member,,\"Hilda Moss, Una Pike\",\"https://www.linkedin.com/in/hilda-moss,https://www.linkedin.com/in/una-pike\",2023-02-01 08:01:00 UTC,,who am I,INBOX,,No\n"
    + "2-c,,LinkedIn Member,,Hilda Moss,https://www.linkedin.com/in/hilda-moss,2023-03-01 08:00:00 UTC,,I see you,SPAM,,No\n"
    + "2-d,,LinkedIn Member,,Hilda Moss,https://www.linkedin.com/in/hilda-moss,2023-03-02 08:00:00 UTC,,and so do I,INBOX,,No\n"
    + "2-e,Grow,Casey Flint,,Hilda Moss,https://www.linkedin.com/in/hilda-moss,2023-03-03 08:00:00 UTC,Free tour,\"<p class=\"\"spinmail-quill-editor__spin-break\"\">Hi %FIRSTNAME%,</p><p>see <a href=\"\"https://example.com/tour\"\">our &amp; more</a></p>\",INBOX,,No\n"
  static let logins =
    "Login Date,IP Address,User Agent,Login Type\nFri Sep 24 12:35:41 UTC 2021,192.0.2.7,\"Mozilla/5.0 (X11; Linux x86_64)\",Login\n"
    + "Mon Aug 30 19:52:49 UTC 2021,2001:db8::7,,Login\nsoon,192.0.2.8,,Login\nMon Aug 30 19:52:50 UTC 2021,88.77.777.1,,Login\n"
  static let challenges =
    "Challenge Date,IP Address,User Agent,Country,Challenge Type\nMon Apr 05 10:22:06 UTC 2021,198.51.100.4,Mozilla/5.0 (iPhone),Italy,PIN_CHALLENGE\n"
  static let registration =
    "Registered At,Registration Ip,Subscription Types\n\"12/22/19, 10:06 AM\",192.0.2.1,\n"
  static let emails =
    "Email Address,Confirmed,Primary,Updated On\nhilda@example.org,Yes,Yes,\"12/22/19, 10:06 AM\"\nold@example.com,No,No,Not Available\n"
  static let phones =
    "Extension,Number,Type\n, +44 7700 900101,Mobile\n+44,20 7946 0101,Home\n,,\n,Do not call,\n,07*********,\n"
  static let whatsApp = "Number,Extension,Is_WhatsApp_Number\n7700 900102,+44,true\n"
  static let profile =
    "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location,Twitter Handles,Websites,Instant Messengers\n"
    + "Hilda,Moss,Fern,1 Slow Lane,\"Oct 18, 1990\",Keeper of snails,\"Slow,\nand steady\",Farming,LS1 1AA,\"Leeds, England\",\"[hilda_x,@moss]\",\"[PERSONAL:http://hilda.example/a,b,PORTFOLIO:https://github.com/hildamoss]\",\n"
  static let verifications =
    "First name,Middle name,Last name,Verification type,Organization name,Email address,Country,State,City,Year of birth,Issuing authority,Document type,Verification service provider,Verified date,Expiry date\n"
    + "HILDA,ANN,MOSS,ID verification,N/A,N/A,N/A,N/A,N/A,0,United Kingdom,PASSPORT,Checker,2023-10-31,N/A\n"
  static let comments =
    "Date,Link,Message\n2026-01-05 10:00:00,https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A1,plain\n"
    + "2026-01-06 10:00:00,https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A1,\"I led the \\\"tea, Earl\\\" team,\n\nhot\"\n"
    + "2026-01-07 10:00:00,https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A2,\"He said: \\\"make it so.\\\"\"\n"
    + "2026-01-08 10:00:00,https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A2,\"they call it \"\"more\"\"!\"\n"
    + ",https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A3,no day\n"
  static let shares =
    "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n"
    + "2026-02-05 10:00:00,https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A5,\"a \"\"new\"\" map\",https://example.com/a,,PUBLIC\n"
    + "2026-02-06 10:00:00,https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A6,,,,MEMBER_NETWORK\n"

  static let files: [(String, String)] = [
    ("Comments_34875879.csv", comments), ("Connections.csv", connections), ("Email Addresses.csv", emails),
    ("Invitations.csv", invitations), ("Logins.csv", logins), ("PhoneNumbers.csv", phones),
    ("Profile.csv", profile), ("Reactions_34875879.csv", "Date,Type,Link\n2026-01-05 10:00:00,LIKE,x\n"),
    ("Registration.csv", registration), ("Security Challenges.csv", challenges),
    ("Shares_34875879.csv", shares), ("Verifications/Verifications.csv", verifications),
    ("Whatsapp Phone Numbers.csv", whatsApp), ("guide_messages.csv", columns + "\n"),
    ("messages.csv", messages),
  ]

  static func read(
    _ files: [(String, String)], in folder: String = "Complete_LinkedInDataExport_03-09-2026",
    options: ReaderOptions = ReaderOptions()
  ) throws -> ReadOutcome {
    let scratch = try ScratchFolder()
    for (path, text) in files { _ = try scratch.write(text, to: "\(folder)/\(path)") }
    return try ReadOutcome(reading: scratch.url, options: options)
  }

  static func unit(_ files: [(String, String)], options: ReaderOptions = ReaderOptions()) throws
    -> ReadOutcome.Unit
  { try #require(try read(files, options: options).units.first) }
}
