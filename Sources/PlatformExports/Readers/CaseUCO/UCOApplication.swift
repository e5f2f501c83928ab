internal import AccountModel

/// The app that a node of a CASE document describes.
enum UCOApplication {
  /// The platform of an app's name, or of the name of its package.
  static func platform(_ name: String) -> Platform {
    let lowered = DirectionMarks.stripped(name).lowercased()
    return packages[lowered].map { Platform($0) } ?? CellebriteSource.platform(name)
  }

  /// Names of packages, in small letters.
  private static let packages: [String: String] = [
    "com.whatsapp": "whatsapp", "com.whatsapp.w4b": "whatsapp", "net.whatsapp.whatsapp": "whatsapp",
    "net.whatsapp.whatsappsmb": "whatsapp",
    "org.telegram.messenger": "telegram", "org.thunderdog.challegram": "telegram",
    "ph.telegra.telegraph": "telegram",
    "com.facebook.orca": "facebook", "com.facebook.katana": "facebook", "com.facebook.mlite": "facebook",
    "com.facebook.messenger": "facebook", "com.facebook.facebook": "facebook",
    "com.instagram.android": "instagram", "com.burbn.instagram": "instagram",
    "com.instagram.barcelona": "threads", "com.burbn.barcelona": "threads",
    "com.twitter.android": "x", "com.atebits.tweetie2": "x",
    "org.thoughtcrime.securesms": "signal", "org.whispersystems.signal": "signal",
    "com.snapchat.android": "snapchat", "com.toyopagroup.picaboo": "snapchat",
    "com.discord": "discord", "com.hammerandchisel.discord": "discord",
    "com.zhiliaoapp.musically": "tiktok", "com.ss.android.ugc.trill": "tiktok",
    "kik.android": "kik", "com.kik.chat": "kik",
    "com.skype.raider": "skype", "com.skype.skype": "skype",
    "com.viber.voip": "viber", "com.viber": "viber",
    "com.reddit.frontpage": "reddit", "com.reddit.reddit": "reddit",
    "com.android.mms": "sms", "com.google.android.apps.messaging": "sms",
    "com.samsung.android.messaging": "sms", "com.android.providers.telephony": "sms",
    "com.android.contacts": "sms", "com.android.providers.contacts": "sms", "com.android.dialer": "sms",
    "com.google.android.dialer": "sms", "com.apple.mobilephone": "sms", "com.apple.mobilesms": "imessage",
    "com.google.android.gm": "email", "com.google.gmail": "email", "com.apple.mobilemail": "email",
    "com.microsoft.office.outlook": "email",
  ]
}
