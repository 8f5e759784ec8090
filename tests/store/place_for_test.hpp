#pragma once
// A folder of its own for a test, gone with the test.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace mailtrust {

class Place {
 public:
  Place() {
    std::string name = std::filesystem::temp_directory_path() / "mailtrust-test-XXXXXX";
    folder_ = ::mkdtemp(name.data());
  }

  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

  ~Place() { std::filesystem::remove_all(folder_); }

  [[nodiscard]] std::string path(const std::string& name) const { return folder_ + '/' + name; }

  [[nodiscard]] std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name), std::ios::binary) << text;
    return path(name);
  }

  [[nodiscard]] std::string read(const std::string& name) const {
    std::ifstream file(path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  [[nodiscard]] std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(folder_), {}));
  }

 private:
  std::string folder_;
};

}  // namespace mailtrust
