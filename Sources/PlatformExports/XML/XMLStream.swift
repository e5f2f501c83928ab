internal import AccountModel
internal import CLibXML2
import Glibc

/// Takes the elements of an XML member as they come; attribute values are valid during the call.
protocol XMLElementHandler: AnyObject {
  /// An element begins; its name is a position in the stream's list of names plus 1, or 0.
  func start(_ name: UInt32, _ attributes: UnsafeBufferPointer<cog_xml_attribute>, _ place: cog_xml_place)
    throws
  /// An element ends; the place spans all of it.
  func end(_ name: UInt32, _ place: cog_xml_place) throws
}

/// Takes the text of elements as well, in pieces that are valid during the call. Whoever puts them together bounds them.
protocol XMLTextHandler: XMLElementHandler {
  /// Character data of the element that began last and has not ended, of CDATA sections as well.
  func text(_ bytes: UnsafeBufferPointer<UInt8>) throws
}

extension UnsafeBufferPointer<cog_xml_attribute> {
  /// The value of the first attribute of a number in the stream's list of names; empty when there is none.
  func value(number: UInt32) -> UnsafeBufferPointer<UInt8> {
    for attribute in self where attribute.name == number { return attribute.bytes }
    return .empty
  }
}

extension cog_xml_attribute {
  /// The decoded value.
  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: value, count: length) }
}

extension cog_xml_place {
  /// As a locator in a member.
  func locator(_ member: UInt32) -> Locator {
    Locator(
      member: member, offset: offset, length: UInt32(clamping: end &- offset), line: line)
  }
}

/// Streams one XML member through the filter and libxml2 (see CLibXML2.h); memory holds one tag at a time, and of text
/// a piece.
///
/// Measured: 148 MB of SMS backup in 0.81 s of CPU (`xmllint --stream` takes 0.72 s and decodes nothing).
final class XMLStream {
  private let handle: OpaquePointer
  private let strings: [UnsafeMutablePointer<CChar>]
  private let pointers: UnsafeMutablePointer<UnsafePointer<CChar>?>
  private let box: Box
  private let path: String

  private final class Box {
    let handler: any XMLElementHandler
    let textHandler: (any XMLTextHandler)?
    var failure: (any Error)?

    init(_ handler: any XMLElementHandler) {
      self.handler = handler
      textHandler = handler as? any XMLTextHandler
    }

    func attempt(_ body: () throws -> Void) -> Int32 {
      do {
        try body()
        return 0
      } catch {
        failure = error
        return 1
      }
    }
  }

  /// Makes a stream.
  ///
  /// - Parameters:
  ///   - names: names of elements and attributes to tell apart.
  ///   - cut: the attribute whose values come as the count of their bytes; nil for none.
  ///   - counted: at most four elements whose start tags the filter counts.
  ///   - anyPrefix: whether names count with any prefix, as a program may write one before all names of a vocabulary.
  init(
    _ input: MemberInput, names: [String], cut: (element: String, attribute: String)? = nil,
    counted: [String], anyPrefix: Bool = false,
    limits: ImportLimits, handler: any XMLElementHandler
  ) throws {
    let wanted = names + counted + (cut.map { [$0.element, $0.attribute] } ?? [])
    let strings = wanted.compactMap { strdup($0) }
    guard strings.count == wanted.count else {
      for string in strings { free(string) }
      throw Self.noMemory(input.path)
    }
    // libxml2 and the filter look at the names while reading, so they live as long as the stream.
    let pointers = UnsafeMutablePointer<UnsafePointer<CChar>?>.allocate(capacity: strings.count)
    for (position, string) in strings.enumerated() {
      pointers.advanced(by: position).initialize(to: UnsafePointer(string))
    }
    let box = Box(handler)
    var options = cog_xml_options()
    options.names = UnsafePointer(pointers)
    options.name_count = names.count
    options.counted = UnsafePointer(pointers + names.count)
    options.counted_count = counted.count
    if cut != nil {
      options.cut_element = pointers[names.count + counted.count]
      options.cut_attribute = pointers[names.count + counted.count + 1]
    }
    options.any_prefix = anyPrefix ? 1 : 0
    options.tag_limit = limits.recordBytes
    options.depth_limit = limits.depth
    options.base = input.offset
    var callbacks = cog_xml_handler()
    callbacks.context = Unmanaged.passUnretained(box).toOpaque()
    callbacks.start = { context, name, attributes, count, place in
      guard let context else { return 1 }
      let box = Unmanaged<Box>.fromOpaque(context).takeUnretainedValue()
      return box.attempt {
        try box.handler.start(name, UnsafeBufferPointer(start: attributes, count: count), place)
      }
    }
    callbacks.end = { context, name, place in
      guard let context else { return 1 }
      let box = Unmanaged<Box>.fromOpaque(context).takeUnretainedValue()
      return box.attempt { try box.handler.end(name, place) }
    }
    if box.textHandler != nil {
      callbacks.text = { context, bytes, count in
        guard let context else { return 1 }
        let box = Unmanaged<Box>.fromOpaque(context).takeUnretainedValue()
        return box.attempt { try box.textHandler?.text(UnsafeBufferPointer(start: bytes, count: count)) }
      }
    }
    guard let opened = cog_xml_open(&options, &callbacks) else {
      for string in strings { free(string) }
      pointers.deallocate()
      throw Self.noMemory(input.path)
    }
    handle = opened
    self.strings = strings
    self.pointers = pointers
    self.box = box
    path = input.path
  }

  deinit {
    cog_xml_close(handle)
    for string in strings { free(string) }
    pointers.deallocate()
  }

  private static func noMemory(_ path: String) -> ExportRefusal {
    ExportRefusal(
      "no-memory", what: "there is not enough memory to read it", place: path,
      advice: "Close other programs and try again.")
  }

  /// Bytes given to the parser at a time; doubled while one tag is larger.
  private static let step = 64 << 10

  /// Reads the member to its end, also behind a fault, for the counts.
  ///
  /// - Throws: `ExportRefusal` for a document type declaration or an encoding that could hide one, and
  ///   whatever the handler threw.
  func read(_ input: MemberInput) throws -> cog_xml_report {
    // Steps of the stream's own: what is said of a fault, and where, may not depend on the source's blocks.
    var step = Self.step
    var isLast = false
    while !isLast {
      isLast = try !input.fill(atLeast: step)
      let part = UnsafeBufferPointer(rebasing: input.window.prefix(step))
      let taken = cog_xml_feed(handle, part.baseAddress, part.count, isLast ? 1 : 0)
      input.consume(taken)
      step = taken == 0 ? step * 2 : Self.step
      if let failure = box.failure { throw failure }
      let report = cog_xml_get_report(handle).pointee
      switch report.status {
      case COG_XML_DOCTYPE:
        throw ExportRefusal(
          "doctype", what: "\(Self.text(report))", place: "\(path) line \(report.line) byte \(report.offset)",
          advice: "No export has one and it can hide an attack: treat the file as hostile.")
      case COG_XML_ENCODING:
        throw ExportRefusal(
          "encoding", what: "\(Self.text(report)); only UTF-8, ASCII and Latin-1 are read", place: path,
          advice: "Ask for the export as the program wrote it, or convert a copy to UTF-8.")
      case COG_XML_NO_MEMORY: throw Self.noMemory(path)
      default: break
      }
    }
    return cog_xml_get_report(handle).pointee
  }

  /// The message of a report.
  static func text(_ report: cog_xml_report) -> String {
    withUnsafeBytes(of: report.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
