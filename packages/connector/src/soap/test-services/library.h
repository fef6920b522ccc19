//gsoap ns service name: library
//gsoap ns service style: STYLE
//gsoap ns service encoding: ENCODING
//gsoap ns service namespace: urn:example:library
//gsoap ns service location: http://127.0.0.1:1/library
//gsoap ns schema namespace: urn:example:library
//gsoap ns schema form: FORM
#import "stlvector.h"
typedef std::string xsd__string;
typedef time_t xsd__dateTime;
class xsd__base64Binary { public: unsigned char *__ptr; int __size; };
class ns__Author { public: std::string name 1:1; int *born nullptr 1:1; };
class ns__Book {
 public:
  std::string title 1:1;
  double price 1:1;
  bool lent 1:1;
  time_t due 1:1;
  ns__Author *author 0:1;
  xsd__base64Binary *cover 0:1;
};
class BOOKS { public: MEMBERS };
class ns__OutOfReach { public: std::string title 1:1; int shelf 1:1; };
struct SOAP_ENV__Header { mustUnderstand std::string *ns__reader; };
struct SOAP_ENV__Detail { ns__OutOfReach *ns__OutOfReach_; int __type; void *fault; char *__any; };
class ns__findResponse { public: BOOKS books; std::string reader 1:1; };
//gsoap ns service method-fault: find ns__OutOfReach_
//gsoap ns service method-header-part: find ns__reader
int ns__find(std::string query, BOOKS known, ns__findResponse &response);
