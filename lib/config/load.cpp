// Which files are read.
#include <cstdlib>

#include <sys/stat.h>
#include <unistd.h>

#include "base/file.hpp"
#include "base/limits.hpp"
#include "config/config.hpp"

namespace mailtrust::config {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody sets any
  return value != nullptr ? value : "";
}

// The user's own file; empty where that can be nowhere.
std::string own_file() {
  constexpr std::string_view kFile = "/mailtrust/mailtrust.conf";
  auto folder = environment("XDG_CONFIG_HOME");
  // XDG Base Directory Specification: a relative path is to be ignored.
  if (folder.starts_with('/')) return folder.append(kFile);
  folder = environment("HOME");
  return folder.empty() ? folder : folder.append("/.config").append(kFile);
}

Unexpected refuse(const std::string& path, std::string message) {
  return fail(Error::Kind::input, path, std::move(message));
}

// Whoever writes to the file says which resolver is believed.
Expected<void> check_owner(const std::string& path, const struct stat& status) {
  if (status.st_uid != 0 && status.st_uid != ::geteuid())
    return refuse(path, "belongs to neither you nor root; --config takes it all the same");
  if ((status.st_mode & S_IWOTH) != 0 && S_ISREG(status.st_mode))
    return refuse(path, "can be written to by everybody; chmod o-w mends that");
  return {};
}

ExpectedOrErrors<Config> read(const std::string& path) {
  auto text = read_file(path, limits::kConfigFile);
  if (!text) return UnexpectedErrors({text.error()});
  return parse(*text, path);
}

ExpectedOrErrors<Config> read_if_there(const std::string& path) {
  struct stat status {};

  if (path.empty() || ::stat(path.c_str(), &status) != 0) return Config{};
  if (auto good = check_owner(path, status); !good) return UnexpectedErrors({good.error()});
  return read(path);
}

}  // namespace

ExpectedOrErrors<Config> load(const std::string& named, const std::string& system) {
  auto path = named.empty() ? environment("MAILTRUST_CONFIG") : named;
  if (!path.empty()) return read(path);
  auto own = read_if_there(own_file());
  auto everybodys = read_if_there(system);
  if (own && everybodys) return merge(std::move(*own), *everybodys);
  std::vector<Error> errors;
  for (const auto* one : {&own, &everybodys})
    if (!*one) errors.insert(errors.end(), one->error().begin(), one->error().end());
  return UnexpectedErrors(std::move(errors));
}

}  // namespace mailtrust::config
