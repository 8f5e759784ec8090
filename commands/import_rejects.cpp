#include "commands/import_rejects.hpp"

#include "base/escape.hpp"
#include "base/file.hpp"

namespace mailtrust::commands {

std::string place_of(const std::string& file, const list::Rejected& line) {
  return file + ':' + std::to_string(line.line) + ':' + std::to_string(line.fault.column);
}

void Rejects::add(std::size_t file, const list::Rejected& line) {
  const auto& name = options_.files[file];
  if (name == "-") {
    output_.complain({Error::Kind::input, place_of(name, line), line.fault.message});
    return;
  }
  auto& text = texts_[name + ".rejects"];
  text +=
      "# " + escape_text(place_of(name, line)) + ": " + escape_unsafe(line.fault.message) + '\n';
  text += line.text + '\n';
}

Expected<void> Rejects::publish() {
  for (const auto& [path, text] : texts_)
    if (auto failure = write_file_atomically(path, text)) return fail(*std::move(failure));
  return {};
}

}  // namespace mailtrust::commands
