/// What locales with a clock of twelve hours write for the halves of the day, beside `AM` and `p. m.`.
struct WhatsAppDayHalf {
  let bytes: [UInt8]
  let isAfternoon: Bool

  private init(_ text: String, _ isAfternoon: Bool) {
    bytes = Array(text.utf8)
    self.isAfternoon = isAfternoon
  }

  /// Marks that stand before the hour: Chinese, Japanese, Korean (which has English ones by now), Turkish.
  static let beforeTime = [
    WhatsAppDayHalf("上午", false), WhatsAppDayHalf("凌晨", false), WhatsAppDayHalf("清晨", false),
    WhatsAppDayHalf("早上", false), WhatsAppDayHalf("中午", true), WhatsAppDayHalf("下午", true),
    WhatsAppDayHalf("傍晚", true), WhatsAppDayHalf("晚上", true), WhatsAppDayHalf("午前", false),
    WhatsAppDayHalf("午後", true), WhatsAppDayHalf("오전", false), WhatsAppDayHalf("오후", true),
    WhatsAppDayHalf("AM", false), WhatsAppDayHalf("PM", true), WhatsAppDayHalf("ÖÖ", false),
    WhatsAppDayHalf("ÖS", true),
  ]

  /// Marks that stand behind the time: Arabic, Persian, Greek, Turkish, Vietnamese, Malay, Hindi.
  static let afterTime = [
    WhatsAppDayHalf("ص", false), WhatsAppDayHalf("م", true), WhatsAppDayHalf("ق.ظ.", false),
    WhatsAppDayHalf("ب.ظ.", true), WhatsAppDayHalf("π.μ.", false), WhatsAppDayHalf("μ.μ.", true),
    WhatsAppDayHalf("ÖÖ", false), WhatsAppDayHalf("ÖS", true), WhatsAppDayHalf("SA", false),
    WhatsAppDayHalf("CH", true), WhatsAppDayHalf("PG", false), WhatsAppDayHalf("PTG", true),
    WhatsAppDayHalf("पूर्वाह्न", false), WhatsAppDayHalf("अपराह्न", true),
  ]
}
