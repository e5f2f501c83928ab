// Whose the other end of a connection over loopback is, asked of Linux by its four numbers (sock_diag(7)). The table in
// /proc/net/tcp says the same, but is read in pieces, between which rows move.
#include "CMicroHTTP.h"

#include <arpa/inet.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct {
  struct nlmsghdr head;
  struct inet_diag_req_v2 body;
} question;

int64_t cognate_http_user(uint16_t client, uint16_t server) {
  int channel = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
  if (channel < 0) return -1;
  question ask = {
      .head = {.nlmsg_len = sizeof(question), .nlmsg_type = SOCK_DIAG_BY_FAMILY, .nlmsg_flags = NLM_F_REQUEST},
      .body = {
          .sdiag_family = AF_INET, .sdiag_protocol = IPPROTO_TCP, .idiag_states = ~0u,
          .id = {
              .idiag_sport = htons(client), .idiag_dport = htons(server),
              .idiag_src = {htonl(INADDR_LOOPBACK)}, .idiag_dst = {htonl(INADDR_LOOPBACK)},
              .idiag_cookie = {INET_DIAG_NOCOOKIE, INET_DIAG_NOCOOKIE}}}};
  int64_t user = -1;
  _Alignas(struct nlmsghdr) char answer[4096];
  if (send(channel, &ask, sizeof(ask), 0) == (ssize_t)sizeof(ask)) {
    ssize_t length = recv(channel, answer, sizeof(answer), 0);
    const struct nlmsghdr *head = (const void *)answer;
    if (length >= (ssize_t)NLMSG_LENGTH(sizeof(struct inet_diag_msg)) && head->nlmsg_type == SOCK_DIAG_BY_FAMILY) {
      const struct inet_diag_msg *found = NLMSG_DATA(head);
      // Where no such connection is, Linux answers with the socket that listens on the port; of a socket that its program
      // has closed (no inode) with the administrator's number.
      const struct inet_diag_sockid *id = &found->id, *asked = &ask.body.id;
      if (id->idiag_sport == asked->idiag_sport && id->idiag_dport == asked->idiag_dport && found->idiag_inode != 0)
        user = found->idiag_uid;
    }
  }
  close(channel);
  return user;
}
