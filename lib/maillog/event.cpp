#include "maillog/event.hpp"

namespace mailtrust::maillog {

std::string_view to_string(Mta mta) {
  switch (mta) {
    case Mta::postfix: return "postfix";
    case Mta::exim: return "exim";
    case Mta::sendmail: return "sendmail";
    case Mta::opensmtpd: return "opensmtpd";
    case Mta::kumomta: return "kumomta";
    case Mta::powermta: return "powermta";
  }
  return "postfix";
}

}  // namespace mailtrust::maillog
