import FileOutput
import Glibc

/// Standard output and standard error, written through nothing that could keep bytes back: what is written first stands
/// first, also where both lead to one file.
enum StandardStream {
  /// Writes to standard output.
  ///
  /// - Throws: `WriteFailure` when not all of it could be written.
  static func output(_ text: String) throws(WriteFailure) {
    if let number = write(text, to: STDOUT_FILENO) {
      throw WriteFailure(path: "standard output", reason: String(cString: strerror(number)))
    }
  }

  /// Writes to standard error. A message that nobody can be told is lost, and stops nothing.
  static func error(_ text: String) { _ = write(text, to: STDERR_FILENO) }

  /// Opens what of the first three descriptors the caller left closed, on a device that takes and gives nothing: a file of the case
  /// would else be opened under the number of standard output, and written to.
  static func openClosed() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest free number is the one that is given. Standard output is opened for reading, so that writing fails.
      _ = open("/dev/null", descriptor == STDERR_FILENO ? O_WRONLY : O_RDONLY)
    }
  }

  /// Writes the whole of a text, and gives the system's number of the error that stopped it.
  private static func write(_ text: String, to descriptor: Int32) -> Int32? {
    var text = text
    return text.withUTF8 { bytes in
      var done = 0
      while done < bytes.count {
        let wrote = Glibc.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
        if wrote >= 0 {
          done += wrote
        } else if errno == EAGAIN {
          // Somebody else made the terminal or pipe one that does not wait.
          var room = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          poll(&room, 1, -1)
        } else if errno != EINTR {
          return errno
        }
      }
      return nil
    }
  }
}
