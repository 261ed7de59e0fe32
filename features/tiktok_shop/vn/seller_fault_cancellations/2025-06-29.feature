# language: zh-CN
功能: 越南 TikTok Shop 商责取消率（2025-06-29 版）

  七个自然日里，因商家自身原因取消的订单占全部订单的比例。2.5 % 是目标；到 10 %、30 %、50 % 各限一档，
  10 % 且满 30 单另扣分。正好等于阈值就算到了这一档。

  背景:
    假如 适用规则版本 tiktok_shop.vn.seller_fault_cancellations@2025-06-29
    而且 所有时间均为 Asia/Ho_Chi_Minh 时间

  规则: cancellation_fault 取消是否计入商责

    背景:
      假如 2025-12-01 08:00 买家下单（状态为未支付）

    场景大纲: 谁取消、用什么代码，决定计不计入商责
      假如 2025-12-01 10:00 <取消方>取消订单（原因代码 <代码>）
      当 在 2025-12-01 12:00 检查
      那么 规则 cancellation_fault 的归类为<归类>

      例子: 缺货和标价错误计入
        | 取消方 | 代码                                     | 归类     |
        | 商家   | seller_cancel_unpaid_reason_wrong_price  | 商家责任 |
        | 商家   | seller_cancel_unpaid_reason_out_of_stock | 商家责任 |
        | 商家   | seller_cancel_reason_wrong_price         | 商家责任 |
        | 商家   | seller_cancel_reason_out_of_stock        | 商家责任 |

      例子: 未按时履约被自动取消计入
        | 取消方 | 代码                                        | 归类     |
        | 平台   | system_cancel_order_reason_shipping_timeout | 商家责任 |

      例子: 商家和平台的其他取消不计入
        | 取消方   | 代码                                          | 归类   |
        | 商家     | seller_cancel_paid_reason_address_not_deliver | 不计入 |
        | 商家     | system_cancel_order_reason_shipping_timeout   | 不计入 |
        | 平台     | package_lost                                  | 不计入 |
        | 平台     | seller_cancel_reason_out_of_stock             | 不计入 |
        | 平台客服 | system_cancel_order_reason_shipping_timeout   | 不计入 |
        | 承运商   | package_lost                                  | 不计入 |

      例子: 买家取消
        | 取消方 | 代码                                               | 归类     |
        | 买家   | ecom_order_unpaid_canceled_reason_no_longer_needed | 买家责任 |
        | 买家   | system_cancel_order_reason_shipping_timeout        | 买家责任 |
        | 买家   | seller_cancel_reason_out_of_stock                  | 买家责任 |

    场景: 没有取消就没有归类
      假如 2025-12-01 09:00 买家付款成功
      当 在 2025-12-01 12:00 检查
      那么 规则 cancellation_fault 没有结论

    场景大纲: 关键数据缺失就无法归类
      假如 2025-12-01 10:00 <取消方>取消订单（<细节>）
      当 在 2025-12-01 12:00 检查
      那么 规则 cancellation_fault 无法判定，缺少数据：<缺少>

      例子:
        | 取消方 | 细节                                       | 缺少   |
        | 商家   | 状态为已取消                               | reason |
        | 平台   | 状态为已取消                               | reason |
        | 不明方 | 原因代码 seller_cancel_reason_out_of_stock | actor  |
        | 不明方 | 原因代码 package_lost                      | actor  |

    场景: 没有原因代码，买家取消也归买家
      假如 2025-12-01 10:00 买家取消订单
      当 在 2025-12-01 12:00 检查
      那么 规则 cancellation_fault 的归类为买家责任

    场景大纲: 取消按取消那一刻的规则归类
      假如 <取消时间> 买家取消订单（原因代码 ecom_order_unpaid_canceled_reason_no_longer_needed）
      当 在 2025-12-02 10:00 检查
      那么 规则 cancellation_fault 的结论为<结论>，原因是<原因>

      例子:
        | 取消时间            | 结论   | 原因               |
        | 2025-06-28 23:59:59 | 不适用 | 当时没有生效的规则 |
        | 2025-06-29 00:00    | 合规   | 已归类             |

  规则: seller_fault_rate 商责取消率

    场景大纲: 商责取消占全部订单的比例到了哪一档，就是哪一档的程度
      假如 2025-12-05 08:00 买家下单
      而且 另有 <正常订单> 个订单于 2025-12-05 09:00 下单
      而且 另有 <商责取消> 个订单于 2025-12-05 09:00 下单后由商家取消（原因代码 seller_cancel_reason_out_of_stock）
      当 在 2025-12-07 10:00 检查
      那么 规则 seller_fault_rate 的结论为<结论>，严重程度为<程度>

      例子: 低于目标
        | 正常订单 | 商责取消 | 结论 | 程度 |
        | 39       | 1        | 合规 | 严重 |
        | 390      | 10       | 合规 | 严重 |

      例子: 2.5 % 正好到目标
        | 正常订单 | 商责取消 | 结论 | 程度 |
        | 38       | 1        | 违规 | 轻微 |

      例子: 10 % 起限单
        | 正常订单 | 商责取消 | 结论 | 程度 |
        | 9        | 1        | 违规 | 轻微 |
        | 900      | 100      | 违规 | 轻微 |
        | 8        | 1        | 违规 | 严重 |
        | 74       | 25       | 违规 | 严重 |

      例子: 30 % 起更严
        | 正常订单 | 商责取消 | 结论 | 程度   |
        | 7        | 3        | 违规 | 严重   |
        | 6        | 3        | 违规 | 极严重 |

      例子: 50 % 起最严
        | 正常订单 | 商责取消 | 结论 | 程度   |
        | 5        | 5        | 违规 | 极严重 |
        | 4        | 5        | 违规 | 极严重 |

      例子: 10 % 且满 30 单
        | 正常订单 | 商责取消 | 结论 | 程度   |
        | 260      | 29       | 违规 | 严重   |
        | 269      | 30       | 违规 | 极严重 |
        | 270      | 30       | 违规 | 轻微   |

    场景大纲: 计入的只有商责取消，分母是全部订单
      假如 2025-12-05 08:00 买家下单
      而且 另有 4 个订单于 2025-12-05 09:00 下单后由<取消方>取消（原因代码 <代码>）
      当 在 2025-12-07 10:00 检查
      那么 规则 seller_fault_rate 计为 <计入> / 5

      例子:
        | 取消方 | 代码                                               | 计入 |
        | 商家   | seller_cancel_reason_out_of_stock                  | 4    |
        | 商家   | seller_cancel_paid_reason_address_not_deliver      | 0    |
        | 平台   | system_cancel_order_reason_shipping_timeout        | 4    |
        | 平台   | package_lost                                       | 0    |
        | 买家   | ecom_order_unpaid_canceled_reason_no_longer_needed | 0    |

    场景大纲: 只看检查那天在内的 7 个自然日里下的单
      假如 <下单时间> 买家下单
      而且 另有 1 个订单于 2025-12-05 09:00 下单
      当 在 2025-12-07 10:00 检查
      那么 规则 seller_fault_rate 计为 0 / <总数>

      例子:
        | 下单时间            | 总数 |
        | 2025-11-30 23:59:59 | 1    |
        | 2025-12-01 00:00    | 2    |
        | 2025-12-07 09:59    | 2    |

    场景: 取消没有原因代码而可能越线时，不下结论
      假如 2025-12-05 08:00 买家下单
      而且 另有 1 个订单于 2025-12-05 09:00 下单后由商家取消
      当 在 2025-12-07 10:00 检查
      那么 规则 seller_fault_rate 的结论为无法判定，原因是无法归类

    场景: 日志看不到取消，就不能说商责率没有越线
      假如 日志中看不到取消
      而且 2025-12-05 08:00 买家下单
      当 在 2025-12-07 10:00 检查
      那么 规则 seller_fault_rate 的结论为无法判定，原因是无法归类

    场景: 平台自己的例子：100 单里 20 个商家取消、5 个超时取消，是 25 %
      假如 2025-12-05 08:00 买家下单
      而且 另有 74 个订单于 2025-12-05 09:00 下单
      而且 另有 20 个订单于 2025-12-05 09:00 下单后由商家取消（原因代码 seller_cancel_reason_out_of_stock）
      而且 另有 5 个订单于 2025-12-05 09:00 下单后由平台取消（原因代码 system_cancel_order_reason_shipping_timeout）
      当 在 2025-12-07 10:00 检查
      那么 规则 seller_fault_rate 计为 25 / 100
      而且 规则 seller_fault_rate 的结论为违规，严重程度为严重

    场景: 生效日之前检查，没有商责率的结论
      假如 2025-06-28 08:00 买家下单
      当 在 2025-06-28 23:59:59 检查
      那么 规则 seller_fault_rate 没有结论

    场景: 生效日当天检查，就有商责率的结论
      假如 2025-06-28 08:00 买家下单
      当 在 2025-06-29 00:00 检查
      那么 规则 seller_fault_rate 的结论为合规
