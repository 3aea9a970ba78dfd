<?php
// php tests/run.php; with PHPUnit each of these is a method, and the world a part of setUp.

declare(strict_types=1);

require __DIR__ . '/../carriers.php';
require __DIR__ . '/../shop.php';

function same(mixed $expected, mixed $found): void
{
    if ($expected !== $found) {
        throw new RuntimeException(var_export($found, true) . ' is not ' . var_export($expected, true));
    }
}

function ship(World $world): array
{
    ['url' => $url, 'headers' => $headers] = $world->carriers['inpost'];
    $shop = new InPost($url, $headers);
    return [$shop, $shop->ship('ORD-1', 'ewa@example.com', '501502503', 'KRA010')];
}

$tests = [
    'an order is shipped' => function (World $world): void {
        [$shop, $id] = ship($world);
        $world->advance(['until' => 'inpost.shipment_confirmed']);
        same('%PDF', substr($shop->label($id), 0, 4));
        $world->verify(['operation' => 'inpost.create_shipment', 'count' => 1]);
    },
    'a busy carrier is asked again' => function (World $world): void {
        $world->fail('inpost.create_shipment', times: 2);
        ship($world);
        $world->verify(['operation' => 'inpost.create_shipment', 'count' => 3]);
    },
    'what never happened is told' => function (World $world): void {
        try {
            $world->verify(['operation' => 'inpost.create_shipment', 'count' => 1]);
        } catch (RuntimeException $error) {
            same('inpost.create_shipment was asked for 0 times, not 1.', $error->getMessage());
            return;
        }
        throw new RuntimeException('nothing was told');
    },
];

$failed = 0;
foreach ($tests as $name => $test) {
    $world = new World();
    try {
        $test($world);
        echo "ok    $name\n";
    } catch (Throwable $error) {
        $failed++;
        echo "FAIL  $name: {$error->getMessage()}\n";
    } finally {
        $world->remove();
    }
}
exit($failed === 0 ? 0 : 1);
