// A SOAP service of gSOAP's: it answers the books it was given, with what it read in the header.
#include "soapH.h"
#include "library.nsmap"
#include <cstdio>
#include <netinet/in.h>
#include <sys/socket.h>

int main() {
  struct soap *context = soap_new1(SOAP_XML_INDENT);
  context->bind_flags = SO_REUSEADDR;
  SOAP_SOCKET master = soap_bind(context, "127.0.0.1", 0, 10);
  if (!soap_valid_socket(master)) return 1;
  struct sockaddr_in address;
  socklen_t size = sizeof address;
  if (getsockname(master, (struct sockaddr *)&address, &size) != 0) return 1;
  std::printf("%d\n", ntohs(address.sin_port));
  std::fflush(stdout);
  for (;;) {
    if (!soap_valid_socket(soap_accept(context))) return 0;
    soap_serve(context);
    soap_destroy(context);
    soap_end(context);
  }
}

int ns__find(struct soap *soap, std::string query, BOOKS known, ns__findResponse &response) {
  if (query == "NONE") {
    struct SOAP_ENV__Detail *detail = soap_new_SOAP_ENV__Detail(soap);
    detail->ns__OutOfReach_ = soap_new_ns__OutOfReach(soap);
    detail->ns__OutOfReach_->title = query;
    detail->ns__OutOfReach_->shelf = 9;
    int failure = soap_sender_fault(soap, "Nobody reaches that shelf", nullptr);
    if (soap->version == 2) soap->fault->SOAP_ENV__Detail = detail;
    else soap->fault->detail = detail;
    return failure;
  }
  response.books = known;
  std::string *reader = soap->header ? soap->header->ns__reader : nullptr;
  response.reader = reader ? *reader : "nobody";
  soap->header = nullptr;
  return SOAP_OK;
}
