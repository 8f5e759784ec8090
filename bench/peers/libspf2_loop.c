/* SPF checks by libspf2 in a plain loop: one server object with its cache, one line of
 * ip<TAB>sender<TAB>helo each, one result a line. */
#include <netinet/in.h>
#include <spf2/spf.h>
#include <stdio.h>
#include <string.h>

static const char* check(SPF_server_t* server, const char* ip, const char* sender,
                         const char* helo) {
  SPF_request_t* request = SPF_request_new(server);
  SPF_response_t* response = NULL;
  const char* result = "unusable";
  int is_v6 = strchr(ip, ':') != NULL;
  if ((is_v6 ? SPF_request_set_ipv6_str(request, ip) : SPF_request_set_ipv4_str(request, ip)) == 0) {
    SPF_request_set_helo_dom(request, helo);
    SPF_request_set_env_from(request, sender);
    SPF_request_query_mailfrom(request, &response);
    result = SPF_strresult(SPF_response_result(response));
  }
  if (response) SPF_response_free(response);
  SPF_request_free(request);
  return result;
}

int main(int argc, char** argv) {
  FILE* file = argc > 1 ? fopen(argv[1], "r") : stdin;
  SPF_server_t* server = SPF_server_new(SPF_DNS_CACHE, 0);
  char line[1024];
  if (!file || !server) return 2;
  while (fgets(line, sizeof line, file)) {
    char* ip = strtok(line, "\t\n");
    char* sender = strtok(NULL, "\t\n");
    char* helo = strtok(NULL, "\t\n");
    if (ip && sender && helo) puts(check(server, ip, sender, helo));
  }
  SPF_server_free(server);
  return 0;
}
