/// How the dates of a column are written, as far as a single one does not tell.
struct DateLayout: Sendable, Hashable, Codable {
  /// The order of day, month and year.
  enum Order: String, Sendable, Codable { case yearFirst, dayFirst, monthFirst }

  /// Of numbers whose widths do not tell which is the year, or the day.
  var order = Order.dayFirst
  /// Whether a person stated the order, or dates show it that can be read in no other.
  var isProven = false
  /// Whether dates show both orders of day and month, so that what can be read in one order alone is read in it.
  var isMixed = false
  /// Of six digits; nil where several orders fit, and none can be read.
  var sixDigits: Order?
  /// Whether most values say a year alone, so that of the others their year counts.
  var holdsYears = false
  /// Whether most values name the month.
  var namesMonths = false

  /// Of a single date beside which there are no others to tell.
  static let unknown: DateLayout = {
    var layout = DateLayout()
    layout.isMixed = true
    return layout
  }()

  private init() {}

  /// Looks at the first distinct values of a column.
  ///
  /// - Parameter stated: the order that a person stated.
  init(of pool: ValuePool, stated: Order?) {
    var signs = Signs()
    for value in 1..<max(min(pool.count, Self.sampleSize), 1) { signs.add(DateParts(pool.text(value))) }
    holdsYears = signs.years > signs.others
    namesMonths = signs.named * 2 > signs.others
    let proofs = signs.dayFirst + signs.monthFirst
    if let stated {
      (order, isProven) = (stated, true)
    } else if signs.yearFirst > signs.yearLast {
      (order, isProven) = (.yearFirst, true)
    } else {
      order = signs.monthFirst > signs.dayFirst ? .monthFirst : .dayFirst
      // A few that do not fit are slips of the pen.
      isMixed = min(signs.dayFirst, signs.monthFirst) * 20 > proofs
      isProven = proofs > 0 && !isMixed
    }
    sixDigits = stated ?? signs.orderOfSixDigits
  }

  private static let sampleSize = 20_000

  /// What single dates show of the layout of all.
  private struct Signs {
    var dayFirst = 0
    var monthFirst = 0
    var yearFirst = 0
    var yearLast = 0
    var years = 0
    var others = 0
    var named = 0
    /// Values of six digits, and by order those that can be read in it.
    private var six = 0
    private var fits = (yearFirst: 0, dayFirst: 0, monthFirst: 0)

    mutating func add(_ parts: DateParts) {
      guard parts.isWhole else { return }
      let first = parts[0]
      if parts.count == 1, first.digits == 4 {
        years += 1
        return
      }
      others += 1
      if parts.namedMonth != nil { named += 1 }
      if parts.count == 1, first.digits == 8 {
        let (front, year) = (first.value / 10_000, first.value % 10_000)
        let isYearFirst = CalendarDate.isDay(front, first.value / 100 % 100, first.value % 100)
        if !isYearFirst, CalendarDate.years.contains(year) { addDayAndMonth(front / 100, front % 100) }
      } else if parts.count == 1, first.digits == 6 {
        six += 1
        let (one, two, three) = (first.value / 10_000, first.value / 100 % 100, first.value % 100)
        if CalendarDate.isDay(CalendarDate.year(ofTwoDigits: one), two, three) { fits.yearFirst += 1 }
        if CalendarDate.isDay(CalendarDate.year(ofTwoDigits: three), two, one) { fits.dayFirst += 1 }
        if CalendarDate.isDay(CalendarDate.year(ofTwoDigits: three), one, two) { fits.monthFirst += 1 }
      } else if parts.count == 3, parts.namedMonth == nil, first.digits <= 2, parts[1].digits <= 2 {
        addDayAndMonth(first.value, parts[1].value)
        if parts[2].digits > 2 || parts[2].value > 31 {
          yearLast += 1
        } else if first.value > 31 {
          yearFirst += 1
        }
      }
    }

    private mutating func addDayAndMonth(_ one: Int, _ other: Int) {
      if (13...31).contains(one), other <= 12 { dayFirst += 1 }
      if (13...31).contains(other), one <= 12 { monthFirst += 1 }
    }

    /// The only order in which nine in ten can be read.
    var orderOfSixDigits: Order? {
      let all = [
        (Order.yearFirst, fits.yearFirst), (.dayFirst, fits.dayFirst), (.monthFirst, fits.monthFirst),
      ]
      let fitting = all.filter { six > 0 && $0.1 * 10 >= six * 9 }
      return fitting.count == 1 ? fitting[0].0 : nil
    }
  }
}
