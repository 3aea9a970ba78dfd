<?php
// A world of its own on a carrier simulator, without dependencies: what a test in PHP needs.
//
// CARRIER_SIMULATOR_URL names a simulator that runs already, such as a container; without it one is
// started, which ends with this process.

declare(strict_types=1);

final class Server
{
    private static ?string $url = null;

    public static function url(): string
    {
        self::$url ??= getenv('CARRIER_SIMULATOR_URL') ?: self::start();
        return self::$url;
    }

    private static function start(): string
    {
        $program = getenv('CARRIER_SIMULATOR') ?: 'carrier-simulator';
        $command = [$program, 'serve', '--port', '0', '--no-access-log'];
        $process = proc_open($command, [0 => ['pipe', 'r'], 1 => ['pipe', 'w'], 2 => STDERR], $pipes);
        $line = $process === false ? '' : (string) fgets($pipes[1]);
        if ($line === '') {
            throw new RuntimeException("$program does not start: pip install carrier-simulator");
        }
        register_shutdown_function(static fn () => proc_terminate($process));
        return trim(substr($line, (int) strrpos($line, ' at ') + 4));
    }
}

final class World
{
    public readonly string $name;

    /** @var array<string, array{url: string, credential: string, headers: array<string, string>}> */
    public readonly array $carriers;

    public function __construct(string $at = '2026-03-02T10:15:00+01:00')
    {
        $this->name = 't-' . bin2hex(random_bytes(8));
        $carriers = [];
        foreach (ask('GET', Server::url() . '/_sim/carriers')['items'] as $each) {
            $carriers[$each['name']] = [
                'url' => Server::url() . "/w/{$this->name}{$each['path']}",
                'credential' => $each['credentials'][0]['value'],
                'headers' => $each['credentials'][0]['headers'],
            ];
        }
        $this->carriers = $carriers;
        $this->control('PUT', '/clock', ['mode' => 'frozen', 'at' => $at]);
    }

    public function advance(array $how): array
    {
        return $this->control('POST', '/clock/advance', $how);
    }

    public function fail(string $operation, int $times = 1, int $status = 503): void
    {
        $fault = ['kind' => 'status', 'status' => $status];
        $this->control('POST', '/rules', [
            'when' => ['operation' => $operation], 'fault' => $fault, 'times' => $times,
        ]);
    }

    public function verify(array ...$checks): void
    {
        foreach ($this->control('POST', '/verify', ['checks' => $checks])['checks'] as $verdict) {
            if (!$verdict['passed']) {
                throw new RuntimeException($verdict['message']);
            }
        }
    }

    public function remove(): void
    {
        $this->control('DELETE', '');
    }

    private function control(string $method, string $path, ?array $body = null): ?array
    {
        return ask($method, Server::url() . "/_sim/workspaces/{$this->name}$path", $body);
    }
}

function ask(string $method, string $url, ?array $body = null): ?array
{
    [$status, $said] = http($method, $url, ['Content-Type' => 'application/json'], $body);
    $answer = $said === '' ? null : json_decode($said, true, flags: JSON_THROW_ON_ERROR);
    if ($status >= 300) {
        throw new RuntimeException("$method $url: " . ($answer['detail'] ?? $said));
    }
    return $answer;
}

/** @return array{int, string} status and body */
function http(string $method, string $url, array $headers = [], ?array $body = null): array
{
    $lines = array_map(static fn ($name, $value) => "$name: $value", array_keys($headers), $headers);
    $said = file_get_contents($url, false, stream_context_create(['http' => [
        'method' => $method,
        'header' => $lines,
        'content' => $body === null ? '' : json_encode($body, JSON_THROW_ON_ERROR),
        'ignore_errors' => true,
        'timeout' => 30,
    ]]));
    preg_match('#^HTTP/\S+ (\d+)#', $http_response_header[0], $found);
    return [(int) $found[1], (string) $said];
}
