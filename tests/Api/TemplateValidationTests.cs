using System.Text.Json.Nodes;
using Qhana.Registry.Tests.Support;
using static Qhana.Registry.Tests.Support.TemplateRequests;

namespace Qhana.Registry.Tests.Api;

public sealed class TemplateValidationTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    [Theory]
    [InlineData("{}", new[] { "name", "description", "tags" })]
    [InlineData("""{"name": "x", "description": "d"}""", new[] { "tags" })]
    [InlineData("""{"name": "x", "tags": []}""", new[] { "description" })]
    [InlineData("""{"description": "d", "tags": []}""", new[] { "name" })]
    [InlineData("""{"name": null, "description": null, "tags": null}""", new[] { "name", "description", "tags" })]
    [InlineData("""{"name": 1, "description": ["d"], "tags": "a"}""", new[] { "name", "description", "tags" })]
    [InlineData("""{"name": "x", "description": "d", "tags": [1]}""", new[] { "tags" })]
    [InlineData("""{"name": "x", "description": "d", "tags": ["a", null]}""", new[] { "tags" })]
    [InlineData("""{"name": "x", "description": "d", "tags": {}}""", new[] { "tags" })]
    [InlineData("""{"name": "x", "description": "d", "tags": [], "groups": [], "id": 1}""", new[] { "groups", "id" })]
    [InlineData("""{"Name": "x", "description": "d", "tags": []}""", new[] { "name", "Name" })]
    public async Task A_Template_With_Wrong_Fields_Returns_422_And_Names_Them(string body, string[] fields)
    {
        var template = await app.AddTemplateAsync();

        var added = await app.SendTextAsync(HttpMethod.Post, "/api/templates/", body);
        var changed = await app.SendTextAsync(HttpMethod.Put, template, body);

        Assert.Equal((422, "application/problem+json"), (added.Code, added.ContentType));
        Assert.Equal(fields, added.ErrorFields);
        Assert.Equal(422, changed.Code);
        Assert.Equal(fields, changed.ErrorFields);
    }

    [Theory]
    [InlineData("x", 255, 200)]
    [InlineData("x", 256, 422)]
    [InlineData("😀", 255, 200)]
    [InlineData("😀", 256, 422)]
    public async Task A_Name_And_A_Tag_May_Have_255_Characters(string character, int length, int expected)
    {
        var text = string.Concat(Enumerable.Repeat(character, length));

        var named = await app.PostAsync("/api/templates/", Template(text));
        var tagged = await app.PostAsync("/api/templates/", Template("x", "", text));

        Assert.Equal((expected, expected), (named.Code, tagged.Code));
        if (expected == 422)
            Assert.Equal(("name", "tags"), (Assert.Single(named.ErrorFields), Assert.Single(tagged.ErrorFields)));
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1.0")]
    [InlineData("1x")]
    [InlineData("0x1")]
    [InlineData("%20")]
    [InlineData("1%202")]
    [InlineData("%FF")]
    [InlineData("%D9%A1")]
    [InlineData("%EF%BC%91")]
    public async Task A_Malformed_Id_Returns_400(string id)
    {
        var got = await app.GetAsync($"/api/templates/{id}/");
        var changed = await app.PutAsync($"/api/templates/{id}/", Template());
        var deleted = await app.DeleteAsync($"/api/templates/{id}/");

        Assert.Equal((400, 400, 400), (got.Code, changed.Code, deleted.Code));
        Assert.Equal("application/problem+json", got.ContentType);
        Assert.Contains("id", (string)got.Json["detail"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("4711")]
    [InlineData("9223372036854775807")]
    [InlineData("9223372036854775808")]
    [InlineData("99999999999999999999999999")]
    public async Task An_Id_That_No_Template_Has_Returns_404_And_Can_Be_Deleted(string id)
    {
        var got = await app.GetAsync($"/api/templates/{id}/");
        var changed = await app.PutAsync($"/api/templates/{id}/", Template());
        var deleted = await app.DeleteAsync($"/api/templates/{id}/");

        Assert.Equal((404, 404, 200), (got.Code, changed.Code, deleted.Code));
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("{", 400)]
    [InlineData("""{"name": "x",}""", 400)]
    [InlineData("{'name': 'x'}", 400)]
    [InlineData("""{"name": "x", "description": "", "tags": []} {}""", 400)]
    [InlineData("null", 422)]
    [InlineData("[]", 422)]
    [InlineData("\"name\"", 422)]
    [InlineData("1e999999", 422)]
    public async Task A_Body_That_Is_No_Json_Returns_400_And_One_That_Is_No_Object_422(string body, int expected)
    {
        var added = await app.SendTextAsync(HttpMethod.Post, "/api/templates/", body);

        Assert.Equal((expected, "application/problem+json"), (added.Code, added.ContentType));
    }

    [Theory]
    [InlineData("?template-id=x", "template-id")]
    [InlineData("?template-id=", "template-id")]
    [InlineData("?template-id=1,2", "template-id")]
    [InlineData("?sort=description", "sort")]
    [InlineData("?item-count=0", "item-count")]
    [InlineData("?item-count=101", "item-count")]
    [InlineData("?cursor=x", "cursor")]
    public async Task A_Wrong_Parameter_Returns_422_And_Is_Named(string query, string parameter)
    {
        var list = await app.GetAsync("/api/templates/" + query);

        Assert.Equal((422, "application/problem+json"), (list.Code, list.ContentType));
        Assert.Equal([parameter], list.ErrorFields);
    }

    [Theory]
    [InlineData("PATCH", "/api/templates/1/")]
    [InlineData("POST", "/api/templates/1/")]
    [InlineData("PUT", "/api/templates/")]
    [InlineData("DELETE", "/api/templates/")]
    public async Task Another_Method_Returns_405(string method, string url)
    {
        var answer = await app.SendTextAsync(new HttpMethod(method), url, "{}");

        Assert.Equal(405, answer.Code);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task A_Body_That_Is_Not_Sent_As_Json_Returns_422(string? contentType)
    {
        var body = new ByteArrayContent(Bytes(Template().ToJsonString()));
        body.Headers.ContentType = contentType is null ? null : new(contentType);

        var added = await app.SendAsync(HttpMethod.Post, "/api/templates/", body);

        Assert.Equal((422, "application/problem+json"), (added.Code, added.ContentType));
    }

    [Fact]
    public async Task A_Refused_Change_Changes_Nothing()
    {
        var template = await app.AddTemplateAsync("Before");
        var wrong = Template("After", "After");
        wrong["tags"] = new JsonArray(1);

        var changed = await app.PutAsync(template, wrong);

        Assert.Equal(422, changed.Code);
        Assert.Equal("Before", (string)(await app.GetAsync(template)).Data["name"]!);
    }
}
