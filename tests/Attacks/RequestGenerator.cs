using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Attacks;

/// <summary>A request, byte by byte, and the operation that it was made from.</summary>
/// <param name="Bytes">What is sent.</param>
/// <param name="Method">The method that it asks for.</param>
/// <param name="Operation">Method and path in the OpenAPI document.</param>
/// <param name="IsTorn">Whether the body is not what the headers say, so that no answer is owed.</param>
public sealed record FuzzedRequest(byte[] Bytes, string Method, string Operation, bool IsTorn)
{
    /// <summary>The beginning, to be shown to people.</summary>
    public override string ToString() => JsonSerializer.Serialize(Encoding.UTF8.GetString(Bytes, 0, Math.Min(Bytes.Length, 800)));
}

/// <summary>Makes requests out of an OpenAPI document: what it promises to understand, with some of it spoilt.</summary>
public sealed class RequestGenerator(OpenApiContract contract, OddValues odd)
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "get", "FOO"];

    private static readonly string[] PercentOddities = ["%", "%4", "%zz", "%00", "%C3%28", "%ED%A0%80", "%2F", "%252F", "%2e%2e", "%u0041", "+", "%FF"];

    private static readonly (string Name, string[] Values)[] Headers =
    [
        ("Accept", ["text/html", "*/*;q=0", "application/problem+json", "application/xml", ";;;", "text/plain, */*;q=0.1", "é"]),
        ("Accept-Encoding", ["gzip", "br, gzip;q=0.5", "identity;q=0, *;q=0", "zstd", "gzip;q=NaN", ",,,"]),
        ("Accept-Language", ["de", "xx-invalid-language-tag-that-is-long", "*", "de;q=9", "en-\u0001"]),
        ("If-None-Match", ["*", "\"x\"", "W/\"x\", \"y\"", "x", "\"", "\"\", ,"]),
        ("If-Modified-Since", ["Thu, 01 Jan 1970 00:00:00 GMT", "tomorrow"]),
        ("Range", ["bytes=0-0", "bytes=-1", "bytes=5-2"]),
        ("X-Forwarded-For", ["1.2.3.4", "unknown, ::1", "1.2.3.4:99999", ",", "[::1]:1"]),
        ("X-Forwarded-Proto", ["https", "javascript", "", "http, https", "ht tp"]),
        ("X-Forwarded-Host", ["registry.test", "registry.test:99999", "a b", "evil\"host", "[::1]:80", "", "ü.test", "a/b?c#d"]),
        ("X-Forwarded-Prefix", ["/p", "p", "//p", "/p?q#f", "/%zz", "/\"", ""]),
        ("Origin", ["http://localhost:4200", "null", "x y"]),
        ("Access-Control-Request-Method", ["PUT", "FOO BAR"]),
        ("Expect", ["100-continue", "200-ok"]),
        ("traceparent", ["00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "00-x-y-z", "ff"]),
        ("Cookie", ["a=b; =; c"]),
        ("Content-Encoding", ["gzip", "identity"]),
    ];

    private static readonly string[] Hosts =
        ["", "evil.test", "evil.test:99999", "[::1]", "[::1]:5006", "a b", "ü.test", "a/b", "user@host", "127.0.0.1:", "%41", new('h', 300)];

    private static readonly string[] ContentTypes =
    [
        "application/json; charset=utf-8", "application/json;charset=utf-16", "application/json; charset=nonsense", "application/problem+json", "text/plain",
        "text/json", "application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=", "application/json, text/plain", ";", "é",
    ];

    private readonly IReadOnlyList<(string Method, string Path, JsonNode Operation)> _operations = [.. contract.Operations];

    /// <summary>Method and path of every operation in the document.</summary>
    public IEnumerable<string> Operations => _operations.Select(o => $"{o.Method} {o.Path}");

    /// <summary>The next request.</summary>
    public FuzzedRequest Next()
    {
        var (documented, path, operation) = odd.Of(_operations);
        var method = odd.Percent(85) ? documented.ToUpperInvariant() : odd.Of(Methods);
        List<string> head =
        [
            $"{method} {Target(path, operation, method == "DELETE")} HTTP/1.1", $"Host: {(odd.Percent(90) ? "127.0.0.1:5006" : odd.Of(Hosts))}", "Connection: close",
        ];
        foreach (var (name, values) in Headers)
        {
            if (odd.Percent(6))
                head.Add($"{name}: {odd.Of(values)}");
        }

        var body = Body(operation, method);
        var isTorn = AddBodyHeaders(head, body);
        return new FuzzedRequest([.. Encoding.UTF8.GetBytes(string.Join("\r\n", head) + "\r\n\r\n"), .. body], method, $"{documented} {path}", isTorn);
    }

    /// <summary>Says how long the body is; returns true where that is a lie.</summary>
    private bool AddBodyHeaders(List<string> head, byte[] body)
    {
        if (body.Length == 0 && odd.Percent(90))
            return false;
        if (odd.Percent(97))
            head.Add($"Content-Type: {(odd.Percent(88) ? "application/json" : odd.Of(ContentTypes))}");
        var lie = odd.Below(40);
        head.Add(lie switch
        {
            0 => $"Content-Length: {body.Length + 10}",
            1 => $"Content-Length: {body.Length / 2}",
            2 => "Content-Length: -1",
            3 => "Transfer-Encoding: chunked",
            4 => "Content-Length: 99999999999",
            _ => $"Content-Length: {body.Length}",
        });
        return lie is 0 or 3 or 4;
    }

    private string Target(string path, JsonNode operation, bool isDeleted)
    {
        var parameters = (operation["parameters"]?.AsArray() ?? []).Select(p => p!).ToList();
        var template = path;
        foreach (var name in parameters.Where(p => (string)p["in"]! == "path").Select(p => (string)p["name"]!))
        {
            var value = PathValue(name, isDeleted && template.EndsWith($"{{{name}}}/", StringComparison.Ordinal));
            path = path.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        }

        if (odd.Percent(10))
            path = odd.Of(path.TrimEnd('/'), path + "/", path + odd.Of(PercentOddities), path.Replace("/api/", "/api/./", StringComparison.Ordinal), path + Escape(odd.Text()));
        var query = parameters.Where(p => (string)p["in"]! == "query" && odd.Percent(35)).ToList();
        if (query.Count > 0 && odd.Percent(10))
            query.Add(query[0]);
        var text = string.Join('&', query.Select(p => $"{p["name"]}{odd.Of("=", "=", "=", "=", "==", "")}{QueryValue(p)}"));
        if (odd.Percent(3))
            text += odd.Of("&", "&&=", "&=x", "&unknown=1", "?", "#fragment");
        return text.Length == 0 ? path : $"{path}?{text}";
    }

    /// <summary>Mostly the id of something that is there; the first of each kind is spared, so that some stay.</summary>
    private string PathValue(string name, bool isDeleted) => (odd.Below(10), name) switch
    {
        ( < 8, "serviceId") => isDeleted ? odd.Of("1", "2") : odd.Of("backend", "1", "2"),
        ( < 8, "envId") => isDeleted ? "B" : odd.Of("A", "B"),
        ( < 8, _) => isDeleted ? odd.Of("2", "3") : odd.Of("1", "1", "1", "1", "2", "3"),
        (8, _) => isDeleted ? "%zz" : odd.Of(PercentOddities),
        // Two dots lead to what is above, and delete that.
        _ => odd.Text() is var text && isDeleted && text is "1" or ".." ? "%00" : Escape(text),
    };

    private string QueryValue(JsonNode parameter) => (odd.Below(10), (string?)(parameter["schema"]?["type"] as JsonValue)) switch
    {
        ( < 5, "integer") => odd.Of("1", "2", "25", "100"),
        ( < 5, "number") => odd.Of("0.5", "1", "2"),
        ( < 5, _) when (string)parameter["name"]! == "sort" => odd.Of("id", "-id", "name", "url", "service_id"),
        ( < 5, _) => odd.Of("fuzz", "1.0.0", "test", "entity%2Flist", "processing", "1,2"),
        (5, _) => odd.Of(PercentOddities),
        _ => Escape(odd.Text()),
    };

    private byte[] Body(JsonNode operation, string method)
    {
        var schema = operation["requestBody"]?["content"]?["application/json"]?["schema"];
        if (schema is null || method is "GET" or "HEAD")
            return odd.Percent(5) ? odd.Garble("{\"a\": 1}") : [];
        if (odd.Percent(1))
            return Encoding.UTF8.GetBytes($"{{\"name\": \"{new string('z', 2 << 20)}\"}}");
        var body = contract.Find((string)schema["$ref"]!)!["properties"]!.AsObject();
        return odd.Percent(40) ? Encoding.UTF8.GetBytes(Honest(body)) : odd.Garble(Spoilt(body));
    }

    private string Honest(JsonObject properties) =>
        $"{{{string.Join(", ", properties.Select(p => $"\"{p.Key}\": {Value(p.Key, p.Value!)}"))}}}";

    private string Spoilt(JsonObject properties)
    {
        var fields = properties.Where(_ => odd.Percent(96)).Select(p => $"\"{p.Key}\": {OddValue(p.Key, p.Value!)}").ToList();
        if (odd.Percent(4) && fields.Count > 0)
            fields.Add(fields[0]);
        if (odd.Percent(3))
            fields.Add($"{odd.Of("\"unknown\"", "\"\\ud800\"", "\"\"")}: {odd.Token()}");
        return $"{{{string.Join(", ", fields)}}}";
    }

    private string OddValue(string name, JsonNode schema) => odd.Below(20) switch
    {
        < 2 => odd.Token(),
        2 => JsonSerializer.Serialize(odd.Text()),
        3 when name == "filterString" => JsonSerializer.Serialize(odd.Percent(50) ? odd.Token() : $"{{\"name\": {odd.Token()}}}"),
        _ => Value(name, schema),
    };

    private string Value(string name, JsonNode schema) => name switch
    {
        // Nobody is there, so that discovery soon has done with it.
        "url" => $"\"http://127.0.0.1:9/{odd.Below(1000)}\"",
        "serviceId" => $"\"{odd.Of("backend", "qhana-backend", "1", "2")}\"",
        "location" => odd.Of("\"workspace\"", "\"experiment-navigation\"", "\"a.b.c\""),
        "filterString" => JsonSerializer.Serialize(odd.Of("", "{\"tag\": \"test\"}", "{\"not\": {\"or\": []}}", "{\"name\": \"fuzz\"}")),
        "groupKey" => odd.Of("\"\"", "\"\"", "\"more\""),
        _ => schema["type"] switch
        {
            JsonArray => "null",
            var type when (string)type! == "integer" => $"{odd.Below(5)}",
            var type when (string)type! == "array" => "[\"a\", \"b\"]",
            _ => odd.Of("\"A\"", "\"B\"", $"\"name {odd.Below(1000)}\""),
        },
    };

    private static string Escape(string text) => Uri.EscapeDataString(text);
}
