#define _POSIX_C_SOURCE 200809L
#include "CMicroHTTP.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

// Bytes of the head of a request, with what the library keeps beside it.
enum { MOST_HEAD = 64 << 10, MOST_CONNECTIONS = 64, SECONDS = 15 };
// Bytes of a body that are read to be thrown away, as who still sends does not hear an answer.
enum { MOST_THROWN_AWAY = 16 << 20 };

struct cognate_http_server {
  struct MHD_Daemon *daemon;
  cognate_http_handler handler;
  void *context;
  size_t most_body;
};

struct cognate_http_reply {
  struct MHD_Response *response;
  unsigned status;
};

/// A request that is being read.
typedef struct {
  char *target;
  uint8_t *body;
  size_t length;
  int has_begun;
  // Whether the body is longer than is taken, and is read to be thrown away.
  int is_too_long;
} reading;

static void *begin(void *context, const char *uri, struct MHD_Connection *connection) {
  (void)context;
  (void)connection;
  reading *one = calloc(1, sizeof(reading));
  if (one) one->target = strdup(uri);
  return one;
}

static void end(
    void *context, struct MHD_Connection *connection, void **own, enum MHD_RequestTerminationCode why) {
  (void)context;
  (void)connection;
  (void)why;
  reading *one = *own;
  if (!one) return;
  free(one->target);
  free(one->body);
  free(one);
  *own = NULL;
}

/// Paths and queries stay as they were sent.
static size_t keep_escaped(void *context, struct MHD_Connection *connection, char *text) {
  (void)context;
  (void)connection;
  return strlen(text);
}

/// All of 127.0.0.0/8 is this machine; a connection from elsewhere in it could pass for another by its port.
static enum MHD_Result accept_loopback(void *context, const struct sockaddr *address, socklen_t length) {
  (void)context;
  const struct sockaddr_in *client = (const void *)address;
  return length >= sizeof(*client) && client->sin_family == AF_INET
      && client->sin_addr.s_addr == htonl(INADDR_LOOPBACK) ? MHD_YES : MHD_NO;
}

static enum MHD_Result refuse(struct MHD_Connection *connection, unsigned status) {
  struct MHD_Response *response = MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
  if (!response) return MHD_NO;
  MHD_add_response_header(response, "Connection", "close");
  enum MHD_Result queued = MHD_queue_response(connection, status, response);
  MHD_destroy_response(response);
  return queued;
}

static uint16_t client_port(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  if (!info || !info->client_addr || info->client_addr->sa_family != AF_INET) return 0;
  return ntohs(((const struct sockaddr_in *)info->client_addr)->sin_port);
}

static enum MHD_Result take(
    void *context, struct MHD_Connection *connection, const char *path, const char *method, const char *version,
    const char *data, size_t *size, void **own) {
  (void)path;
  (void)version;
  const cognate_http_server *server = context;
  reading *one = *own;
  if (!one || !one->target) return MHD_NO;
  if (!one->has_begun) {
    one->has_begun = 1;
    const char *length = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Content-Length");
    unsigned long long announced = length ? strtoull(length, NULL, 10) : 0;
    if (announced > MOST_THROWN_AWAY) return refuse(connection, 413);
    one->is_too_long = announced > server->most_body;
    return MHD_YES;
  }
  if (*size > 0 && one->is_too_long) {
    *size = 0;
    return MHD_YES;
  }
  if (*size > 0) {
    // What comes in pieces says no length beforehand.
    if (*size > server->most_body - one->length) return MHD_NO;
    uint8_t *longer = realloc(one->body, one->length + *size);
    if (!longer) return MHD_NO;
    memcpy(longer + one->length, data, *size);
    one->body = longer;
    one->length += *size;
    *size = 0;
    return MHD_YES;
  }
  if (one->is_too_long) return refuse(connection, 413);
  cognate_http_request request = {
      .method = method, .target = one->target, .body = one->body, .body_length = one->length,
      .client_port = client_port(connection), .connection = connection};
  cognate_http_reply reply = {0};
  server->handler(server->context, &request, &reply);
  if (!reply.response) return refuse(connection, 500);
  enum MHD_Result queued = MHD_queue_response(connection, reply.status, reply.response);
  MHD_destroy_response(reply.response);
  return queued;
}

const char *cognate_http_header(const cognate_http_request *request, const char *name) {
  return MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, name);
}

void cognate_http_answer(cognate_http_reply *reply, unsigned status, const void *body, size_t length) {
  if (reply->response) MHD_destroy_response(reply->response);
  reply->response = MHD_create_response_from_buffer(length, (void *)body, MHD_RESPMEM_MUST_COPY);
  reply->status = status;
}

void cognate_http_answer_header(cognate_http_reply *reply, const char *name, const char *value) {
  if (reply->response) MHD_add_response_header(reply->response, name, value);
}

cognate_http_server *cognate_http_start(
    uint16_t port, size_t most_body, cognate_http_handler handler, void *context, int *error) {
  *error = 0;
  cognate_http_server *server = calloc(1, sizeof(*server));
  if (!server) {
    *error = ENOMEM;
    return NULL;
  }
  *server = (cognate_http_server){.handler = handler, .context = context, .most_body = most_body};
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  errno = 0;
  server->daemon = MHD_start_daemon(
      MHD_USE_EPOLL_INTERNAL_THREAD, port, accept_loopback, NULL, take, server,
      MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&address,
      MHD_OPTION_CONNECTION_LIMIT, (unsigned)MOST_CONNECTIONS,
      MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)SECONDS,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)MOST_HEAD,
      MHD_OPTION_STRICT_FOR_CLIENT, 1,
      MHD_OPTION_URI_LOG_CALLBACK, begin, NULL,
      MHD_OPTION_UNESCAPE_CALLBACK, keep_escaped, NULL,
      MHD_OPTION_NOTIFY_COMPLETED, end, NULL, MHD_OPTION_END);
  if (!server->daemon) {
    *error = errno;
    free(server);
    return NULL;
  }
  return server;
}

uint16_t cognate_http_port(const cognate_http_server *server) {
  const union MHD_DaemonInfo *info = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);
  return info ? info->port : 0;
}

void cognate_http_stop(cognate_http_server *server) {
  MHD_stop_daemon(server->daemon);
  free(server);
}
