// Holds openapi.yaml, as it is served, against the router.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidjson/document.h>
#include <rapidjson/pointer.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

#include "api/pages.hpp"
#include "api/request_fields.hpp"
#include "api/router.hpp"

namespace api {
namespace {

using rapidjson::Value;
using ::testing::ElementsAre;
using ::testing::UnorderedElementsAreArray;
using Texts = std::vector<std::string>;

class OpenApi : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto text = find_page("/openapi.json")->plain;
    document_.Parse(text.data(), text.size());
    ASSERT_FALSE(document_.HasParseError());
  }

  /// The value itself, or what its $ref names.
  const Value& resolved(const Value& value) const {
    if (!value.HasMember("$ref")) return value;
    return *rapidjson::Pointer(value["$ref"].GetString()).Get(document_);
  }

  const Value& path(const Endpoint& endpoint) const {
    return member(document_["paths"], std::string(endpoint.name));
  }

  const Value& operation(const Endpoint& endpoint) const {
    return member(path(endpoint), endpoint.methods == "POST" ? "post" : "get");
  }

  /// The library would end the process for a member that is not there.
  static const Value& member(const Value& object, const std::string& name) {
    const auto found = object.FindMember(name.c_str());
    if (found == object.MemberEnd()) throw std::out_of_range("openapi.yaml has no " + name);
    return found->value;
  }

  /// The parameters of an operation that are `in` the query, the path or a header.
  std::vector<const Value*> parameters(const Value& operation, std::string_view in) const {
    std::vector<const Value*> found;
    for (const auto& parameter : operation["parameters"].GetArray()) {
      const auto& definition = resolved(parameter);
      if (definition["in"].GetString() == in) found.push_back(&definition);
    }
    return found;
  }

  static Texts texts(const Value& array) {
    Texts found;
    for (const auto& text : array.GetArray()) found.emplace_back(text.GetString());
    return found;
  }

  static Texts member_names(const Value& object) {
    Texts names;
    for (const auto& member : object.GetObject()) names.emplace_back(member.name.GetString());
    return names;
  }

  rapidjson::Document document_;
};

TEST_F(OpenApi, has_the_version_of_the_service) {
  EXPECT_STREQ(document_["info"]["version"].GetString(), TX_LOOKUP_VERSION);
}

TEST_F(OpenApi, has_the_routes_of_the_router_and_no_other) {
  Texts routes;
  for (const auto& endpoint : endpoints()) routes.emplace_back(endpoint.name);
  EXPECT_THAT(member_names(document_["paths"]), UnorderedElementsAreArray(routes));
}

TEST_F(OpenApi, has_one_method_for_each_route_besides_head) {
  for (const auto& endpoint : endpoints()) {
    EXPECT_THAT(member_names(path(endpoint)), ElementsAre(endpoint.methods == "POST" ? "post" : "get"))
        << endpoint.name;
  }
}

TEST_F(OpenApi, has_the_parameters_of_each_route) {
  for (const auto& endpoint : endpoints()) {
    const auto query = parameters(operation(endpoint), "query");
    ASSERT_EQ(query.size(), endpoint.parameters.size()) << endpoint.name;
    EXPECT_EQ(parameters(operation(endpoint), "path").size(), endpoint.has_id ? 1 : 0) << endpoint.name;
    for (std::size_t i = 0; i < query.size(); ++i) {
      const auto& wanted = endpoint.parameters[i];
      const auto& parameter = *query[i];
      const auto& schema = resolved(parameter["schema"]);
      EXPECT_EQ(parameter["name"].GetString(), wanted.name) << endpoint.name;
      EXPECT_EQ(parameter.HasMember("required") && parameter["required"].GetBool(), wanted.is_required);
      const Texts choices(wanted.choices.begin(), wanted.choices.end());
      EXPECT_EQ(schema.HasMember("enum") ? texts(schema["enum"]) : Texts(), choices) << wanted.name;
    }
  }
}

TEST_F(OpenApi, has_csv_and_cursors_for_lists_only) {
  for (const auto& endpoint : endpoints()) {
    const auto& answer = member(operation(endpoint)["responses"], "200");
    EXPECT_EQ(answer["content"].HasMember("text/csv"), endpoint.is_list()) << endpoint.name;
    EXPECT_EQ(answer["headers"].HasMember("X-Next-Cursor"), endpoint.is_list()) << endpoint.name;
  }
}

TEST_F(OpenApi, names_the_roles_of_each_route) {
  for (const auto& endpoint : endpoints()) {
    const std::string description = operation(endpoint)["description"].GetString();
    for (const std::string role : {"ADMIN_READ", "ADMIN_AUDIT"}) {
      const bool is_needed =
          std::find(endpoint.roles.begin(), endpoint.roles.end(), role) != endpoint.roles.end();
      EXPECT_EQ(description.find("`" + role + "`") != std::string::npos, is_needed) << endpoint.name;
    }
  }
}

TEST_F(OpenApi, has_the_limits_of_the_router) {
  const auto& components = document_["components"];
  EXPECT_EQ(components["schemas"]["Id"]["maxLength"].GetUint(), kMaxIdCharacters);
  EXPECT_EQ(components["schemas"]["Filter"]["maxLength"].GetUint(), kMaxFilterCharacters);
  const auto& limit = components["parameters"]["Limit"]["schema"];
  EXPECT_EQ(limit["maximum"].GetInt(), kMaxLimit);
  EXPECT_EQ(limit["default"].GetInt(), kDefaultLimit);
  EXPECT_EQ(components["parameters"]["Cursor"]["schema"]["maxLength"].GetUint(), kMaxCursorBytes);
  EXPECT_EQ(components["schemas"]["TxIds"]["properties"]["tx_ids"]["maxItems"].GetUint(), kMaxBatchIds);
}

TEST_F(OpenApi, has_the_actions_that_are_audited) {
  const auto& properties = document_["components"]["schemas"]["AuditLog"]["properties"];
  Texts actions;
  Texts resource_types;
  for (const auto& endpoint : endpoints()) {
    if (endpoint.lookup == Lookup::tx_batch) continue;  // each of its ids is an ADMIN_TX_LOOKUP
    actions.emplace_back(endpoint.action);
    resource_types.emplace_back(endpoint.resource_type);
  }
  EXPECT_THAT(texts(properties["action"]["enum"]), UnorderedElementsAreArray(actions));
  EXPECT_THAT(texts(properties["resource_type"]["enum"]), UnorderedElementsAreArray(resource_types));
}

}  // namespace
}  // namespace api
