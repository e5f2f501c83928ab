// A server of HTTP on 127.0.0.1, over libmicrohttpd. One thread of its own takes connections and answers requests, one
// after the other; how much a request may hold, how long it may take and how many connections there are is bounded.
#ifndef COGNATE_CMICROHTTP_H
#define COGNATE_CMICROHTTP_H

#include <stddef.h>
#include <stdint.h>

typedef struct cognate_http_server cognate_http_server;
typedef struct cognate_http_reply cognate_http_reply;

/// A request; valid while it is answered.
typedef struct {
  /// GET, POST, …, as it was sent.
  const char *method;
  /// Path and query, as they were sent.
  const char *target;
  /// What stands behind the headers.
  const uint8_t *body;
  size_t body_length;
  /// The port of the client, of this machine.
  uint16_t client_port;
  /// For `cognate_http_header`.
  void *connection;
} cognate_http_request;

/// The value of a header, whatever the case of its name; NULL where there is none. Of several the last counts.
const char *cognate_http_header(const cognate_http_request *request, const char *name);

/// The number of the user whose program holds a port of 127.0.0.1 that is connected to another there; -1 where the system
/// does not tell.
int64_t cognate_http_user(uint16_t client, uint16_t server);

/// What is answered; without it the client gets status 500.
///
/// - body: is copied.
void cognate_http_answer(cognate_http_reply *reply, unsigned status, const void *body, size_t length);

/// Adds a header, after the answer.
void cognate_http_answer_header(cognate_http_reply *reply, const char *name, const char *value);

/// Called for each request on the server's thread.
typedef void (*cognate_http_handler)(void *context, const cognate_http_request *request, cognate_http_reply *reply);

/// Listens.
///
/// - port: 0 for any that is free.
/// - most_body: bytes of a body that are taken; a request with more is refused (413) or cut off.
/// - error: receives the system's number of what went wrong, or 0 where it has none.
/// Returns NULL when it cannot listen.
cognate_http_server *cognate_http_start(
    uint16_t port, size_t most_body, cognate_http_handler handler, void *context, int *error);

/// The port that it listens on; 0 when the system does not tell.
uint16_t cognate_http_port(const cognate_http_server *server);

/// Stops listening, closes what is open and frees the server; returns when its thread has ended.
void cognate_http_stop(cognate_http_server *server);

#endif
