#include "list/store.hpp"
namespace mailtrust::list {
class Store::Impl {};
Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;
Expected<Store> Store::open(const std::string& p, Access) { return fail(Error::Kind::input, p, "no store"); }
Expected<std::vector<Listed>> Store::lists() { return std::vector<Listed>{}; }
Expected<std::optional<Listed>> Store::find(std::string_view) { return std::optional<Listed>{}; }
Expected<void> Store::each(std::string_view, const std::function<bool(const Stored&)>&) { return {}; }
Expected<std::string> store_path(const std::string& o) { return o; }
std::string_view to_string(State s) { return s == State::active ? "active" : "paused"; }
}
