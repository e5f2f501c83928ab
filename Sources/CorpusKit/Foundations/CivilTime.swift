import Columns
import Disclosure

/// A date and a time of day in the proleptic Gregorian calendar, without a zone.
struct CivilTime: Sendable {
  var year: Int
  var month: Int
  var day: Int
  var hour: Int
  var minute: Int
  var second: Int
  /// 0 is Sunday.
  var weekday: Int

  /// The civil time of seconds since 1970-01-01T00:00:00 in the same zone.
  init(seconds: Int) {
    let days = Int((Double(seconds) / 86_400).rounded(.down))
    let time = seconds - days * 86_400
    (year, month, day) = GregorianCalendar.date(days: days)
    hour = time / 3_600
    minute = time / 60 % 60
    second = time % 60
    weekday = ((days % 7) + 11) % 7
  }

  /// Seconds since 1970-01-01 of a date's first moment.
  static func seconds(year: Int, month: Int, day: Int) -> Int {
    GregorianCalendar.days(year: year, month: month, day: day) * 86_400
  }
}

/// The clock on a wall in London. Not asked of the system, whose zone data may be absent.
enum London {
  /// Seconds that London is ahead of UTC at an instant.
  static func offset(at instant: Int) -> Int { LondonTime.isSummer(Int64(instant)) ? 3_600 : 0 }

  /// The wall clock at an instant.
  static func civil(_ instant: Int) -> CivilTime { CivilTime(seconds: instant + offset(at: instant)) }

  /// The instant of a wall-clock time; in the hour that comes twice, the first.
  static func instant(wall: Int) -> Int {
    offset(at: wall - 3_600) == 3_600 ? wall - 3_600 : wall
  }
}

/// Written forms of an instant in seconds since 1970.
enum Stamp {
  static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
  static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]

  static func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

  private static func date(_ civil: CivilTime) -> String {
    "\(civil.year)-\(two(civil.month))-\(two(civil.day))"
  }
  private static func clock(_ civil: CivilTime) -> String {
    "\(two(civil.hour)):\(two(civil.minute)):\(two(civil.second))"
  }

  /// `2026-01-05`, in UTC.
  static func utcDate(_ instant: Int) -> String { date(CivilTime(seconds: instant)) }
  /// `2026-01-05 10:11:12`, in UTC.
  static func utcPlain(_ instant: Int) -> String {
    let civil = CivilTime(seconds: instant)
    return "\(date(civil)) \(clock(civil))"
  }
  /// `2026-01-05T10:11:12Z`.
  static func isoZ(_ instant: Int) -> String {
    let civil = CivilTime(seconds: instant)
    return "\(date(civil))T\(clock(civil))Z"
  }
  /// `2026-01-05T10:11:12.345Z`.
  static func isoMilliseconds(_ instant: Int, _ milliseconds: Int) -> String {
    let padded = String(1_000 + milliseconds % 1_000).dropFirst()
    return "\(isoZ(instant).dropLast()).\(padded)Z"
  }
  /// `2026-06-05T11:11:12+01:00`, London.
  static func isoLondon(_ instant: Int) -> String {
    let civil = London.civil(instant)
    return "\(date(civil))T\(clock(civil))\(London.offset(at: instant) == 0 ? "+00:00" : "+01:00")"
  }
  /// `2026-06-05T11:11:12`, London, no zone.
  static func isoLondonNaive(_ instant: Int) -> String {
    let civil = London.civil(instant)
    return "\(date(civil))T\(clock(civil))"
  }
  /// `Mon, 05 Jan 2026 10:11:12 +0000` (RFC 5322), London.
  static func mail(_ instant: Int) -> String {
    let civil = London.civil(instant)
    let zone = London.offset(at: instant) == 0 ? "+0000" : "+0100"
    return "\(weekdays[civil.weekday]), \(two(civil.day)) \(months[civil.month - 1]) \(civil.year) "
      + "\(clock(civil)) \(zone)"
  }
  /// `Mon Jan 05 10:11:12 +0000 2026`, UTC.
  static func tweet(_ instant: Int) -> String {
    let civil = CivilTime(seconds: instant)
    return "\(weekdays[civil.weekday]) \(months[civil.month - 1]) \(two(civil.day)) \(clock(civil)) +0000 "
      + "\(civil.year)"
  }
  /// `5 Jan 2026 10:11:12`, London: how an Android phone shows it.
  static func readable(_ instant: Int) -> String {
    let civil = London.civil(instant)
    return "\(civil.day) \(months[civil.month - 1]) \(civil.year) \(clock(civil))"
  }
}
